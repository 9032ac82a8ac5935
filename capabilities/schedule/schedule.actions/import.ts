import { z } from 'zod'
import type { PlanFile } from '../../../exchange/plan-file.ts'
import { proposeReading } from '../../../exchange/plan-table/propose.ts'
import { readPlanTable } from '../../../exchange/plan-table/reader.ts'
import { action, query } from '../../../kernel/action.ts'
import { Fault } from '../../../kernel/fault.ts'
import { Calendar, Resource } from '../../people/people.model.ts'
import { joinAsManager } from '../../project/project.actions.ts'
import { Project } from '../../project/project.model.ts'
import { Assignment, Baseline, Link, Task } from '../schedule.model.ts'
import { keepLines, linesFromFile } from '../schedule.rules/baseline.ts'
import { rowsFromFile } from '../schedule.rules/from-file.ts'
import { keptTable, planOfTable, TableReadingInput } from '../schedule.rules/table.ts'

/**
 * Takes a plan file that was read in as a project of its own: whole, or not at all. The file and its neutral form stay
 * kept, so that fields which Helmward does not model can be written back.
 */
export const importSchedule = action('schedule.import', {
  title: 'Import a plan',
  about:
    'Makes a project from a plan file that was uploaded and read (Microsoft Project XML or MPX, Primavera XER, GanttProject, Excel, CSV, neutral JSON). Of a table it may be said what the columns mean.',
  allow: 'project.create',
  alsoWrites: ['project', 'calendar', 'resource', 'membership', 'task', 'link', 'assignment', 'baseline'],
  input: z
    .strictObject({
      id: z.uuid().meta({ title: 'Id of the new project' }),
      name: Project.schema.shape.name.optional(),
      fileName: z.string().max(500).meta({ title: 'File name' }),
      plan: z
        .string()
        .length(64)
        .meta({ title: 'Plan as read', description: 'SHA-256 of its neutral form' })
        .optional(),
      table: z
        .string()
        .length(64)
        .meta({ title: 'Table as read', description: 'SHA-256 of the table; instead of a plan' })
        .optional(),
      reading: TableReadingInput.optional(),
      source: z
        .string()
        .length(64)
        .meta({ title: 'File', description: 'SHA-256 of the file itself' })
        .optional(),
    })
    .refine(({ plan, table }) => (plan === undefined) !== (table === undefined), {
      message: 'Give either the plan as read or the table as read.',
    }),
  prepare: async (read, { id, plan, table, reading, fileName }, { progress, signal, keep, newId }) => {
    const file =
      table === undefined
        ? parsePlan(await read.blob(plan ?? ''))
        : planOfTable(await keptTable(read, table), reading).file
    if (table !== undefined || file.format.name === 'csv' || file.format.name === 'xlsx')
      beginOn(file, read.at)
    const kept = table === undefined ? undefined : await keep(new TextEncoder().encode(JSON.stringify(file)))
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
    return { rows, baselines, kept: kept ?? plan ?? '' }
  },
  run: async (tx, { id, name, fileName, source }, { rows, baselines, kept }) => {
    const imported = { fileName, plan: kept, ...(source === undefined ? {} : { source }), atSeq: tx.seq + 1 }
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

/** How an uploaded table would be read: the dry run before `schedule.import`. */
export const readTable = query('schedule.readTable', {
  title: 'Try a table as a plan',
  about:
    'Reads an uploaded table (CSV, Excel) as a plan without importing it: what each column is taken for, first rows, every cell that cannot be read, and what would be taken, changed and left out.',
  allow: 'project.create',
  input: z.strictObject({
    table: z
      .string()
      .length(64)
      .meta({ title: 'Table as read', description: 'SHA-256 that the upload answered' }),
    reading: TableReadingInput.optional(),
  }),
  run: async (read, { table: hash, reading }) => {
    const table = await keptTable(read, hash)
    const answer = readPlanTable(table, reading)
    const proposal = proposeReading(table, reading)
    if ('refused' in answer) return { proposal, refused: answer.refused }
    const { file, loss } = answer
    const { tasks, links, resources, assignments } = file
    const counts = {
      tasks: tasks.length,
      links: links.length,
      resources: resources.length,
      assignments: assignments.length,
    }
    return { proposal, summary: { name: file.project.name, ...counts }, loss }
  },
})

/** A table that says no date begins on the day of its import: without one there is nothing to schedule from. */
function beginOn({ project }: PlanFile, at: string): void {
  if (project.start === undefined && project.finish === undefined)
    project.start = `${at.slice(0, 10)}T08:00:00`
}

function parsePlan(bytes: Uint8Array): PlanFile {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as PlanFile
  } catch {
    throw new Fault('file.notAPlan', 'The kept file is no plan in neutral form. Upload the plan again.', {})
  }
}
