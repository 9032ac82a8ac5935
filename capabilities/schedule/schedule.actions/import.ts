import { z } from 'zod'
import type { PlanFile } from '../../../exchange/plan-file.ts'
import { action } from '../../../kernel/action.ts'
import { Fault } from '../../../kernel/fault.ts'
import { Calendar, Resource } from '../../people/people.model.ts'
import { joinAsManager } from '../../project/project.actions.ts'
import { Project } from '../../project/project.model.ts'
import { Assignment, Baseline, Link, Task } from '../schedule.model.ts'
import { keepLines, linesFromFile } from '../schedule.rules/baseline.ts'
import { rowsFromFile } from '../schedule.rules/from-file.ts'

/**
 * Takes a plan file that was read in as a project of its own: whole, or not at all. The file and its neutral form stay
 * kept, so that fields which Helmward does not model can be written back.
 */
export const importSchedule = action('schedule.import', {
  title: 'Import a plan',
  about:
    'Makes a project from a plan file that was uploaded and read (Microsoft Project XML, Primavera XER, CSV).',
  allow: 'project.create',
  alsoWrites: ['project', 'calendar', 'resource', 'membership', 'task', 'link', 'assignment', 'baseline'],
  input: z.strictObject({
    id: z.uuid().meta({ title: 'Id of the new project' }),
    name: Project.schema.shape.name.optional(),
    fileName: z.string().max(500).meta({ title: 'File name' }),
    plan: z.string().length(64).meta({ title: 'Plan as read', description: 'SHA-256 of its neutral form' }),
    source: z
      .string()
      .length(64)
      .meta({ title: 'File', description: 'SHA-256 of the file itself' })
      .optional(),
  }),
  prepare: async (read, { id, plan, fileName }, { progress, signal, keep, newId }) => {
    const file = parsePlan(await read.blob(plan))
    // A table says nothing of its project.
    if (file.project.name === '') file.project.name = fileName
    progress(0.3, 'reading the plan')
    signal.throwIfAborted()
    const rows = rowsFromFile(file, id, newId)
    const baselines = []
    for (const baseline of file.baselines) {
      baselines.push({
        id: newId(),
        number: baseline.number,
        ...(await keepLines(keep, linesFromFile(baseline, rows.ids))),
      })
    }
    progress(0.6, 'writing the plan')
    signal.throwIfAborted()
    return { rows, baselines }
  },
  run: async (tx, { id, name, fileName, plan, source }, { rows, baselines }) => {
    const imported = { fileName, plan, ...(source === undefined ? {} : { source }), atSeq: tx.seq + 1 }
    const manager = tx.actor.kind === 'person' ? { manager: tx.actor.id } : {}
    await tx.put(Project, { ...rows.project, ...(name === undefined ? {} : { name }), ...manager, imported })
    await tx.putAll(Calendar, rows.calendars)
    await tx.putAll(Resource, rows.resources)
    await tx.putAll(Task, rows.tasks)
    await tx.putAll(Link, rows.links)
    await tx.putAll(Assignment, rows.assignments)
    await tx.putAll(
      Baseline,
      baselines.map((baseline) => ({ ...baseline, project: id, takenAt: tx.at })),
    )
    await joinAsManager(tx, id)
    const { tasks, links, resources, assignments } = rows
    return {
      project: id,
      tasks: tasks.length,
      links: links.length,
      resources: resources.length,
      assignments: assignments.length,
      baselines: baselines.length,
    }
  },
})

function parsePlan(bytes: Uint8Array): PlanFile {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as PlanFile
  } catch {
    throw new Fault('file.notAPlan', 'The kept file is no plan in neutral form. Upload the plan again.', {})
  }
}
