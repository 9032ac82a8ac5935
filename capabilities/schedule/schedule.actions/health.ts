import { z } from 'zod'
import { action } from '../../../kernel/action.ts'
import { Fault } from '../../../kernel/fault.ts'
import { applied, patchShape, ref } from '../../../kernel/record.ts'
import { GRADES, HealthLimits, PracticeAnswer } from '../schedule.model.ts'
import { checkHealth } from '../schedule.rules/health-check.ts'
import { QUESTIONS } from '../schedule.rules/health-practices.ts'
import { constrainTasks } from './edit.ts'
import { editLinks } from './link.ts'

const project = ref('project', 'Project')

export const setHealthLimits = action('health.setLimits', {
  title: 'Set limits of the health check',
  about:
    'Says where a project, or without one the whole workspace, departs from the usual limits of the 14-point check. A limit set to null is no longer said.',
  allow: 'schedule.write',
  input: z.strictObject({
    in: project.optional(),
    limits: z.strictObject(patchShape(HealthLimits)).meta({ title: 'Limits' }),
  }),
  run: async (tx, { in: owner = null, limits }) => {
    const present = (await tx.all(HealthLimits, { project: owner }))[0]
    const patch = applied(limits)
    const { id: _id, project: _project, seq: _seq, ...before } = present ?? { id: '', project: null, seq: 0 }
    const after = Object.entries({ ...before, ...patch }).filter(([, value]) => value !== undefined)
    if (present && after.length === 0) return tx.remove(HealthLimits, [present.id])
    if (present) return tx.change(HealthLimits, present, patch)
    if (after.length > 0)
      await tx.put(HealthLimits, { id: tx.newId(), project: owner, ...Object.fromEntries(after) })
  },
})

export const answerPractice = action('health.answer', {
  title: 'Answer about a practice',
  about:
    'Says how far a practice of scheduling is followed and what that rests on; without a grade the answer is withdrawn. Former answers stay in the history.',
  allow: 'schedule.write',
  input: z.strictObject({
    project,
    question: PracticeAnswer.schema.shape.question,
    grade: z.enum(GRADES).nullable().meta({ title: 'Answer', description: 'null withdraws it' }),
    evidence: PracticeAnswer.schema.shape.evidence,
  }),
  run: async (tx, { project: owner, question, grade, evidence }) => {
    demandAsked(question)
    const present = (await tx.all(PracticeAnswer, { project: owner })).find(
      (row) => row.question === question,
    )
    if (grade === null) {
      if (!present) throw new Fault('health.unanswered', 'Nobody has answered this yet.', { question })
      return tx.remove(PracticeAnswer, [present.id])
    }
    const by = tx.actor.kind === 'person' ? tx.actor.id : undefined
    const answer = { grade, evidence, by, at: tx.at }
    if (present) return tx.change(PracticeAnswer, present, answer)
    await tx.put(PracticeAnswer, { id: tx.newId(), project: owner, question, ...answer })
  },
})

function demandAsked(question: string): void {
  const found = QUESTIONS.find(({ key }) => key === question)
  if (!found) throw new Fault('health.noQuestion', `There is no question ${question}.`, { question })
  if (found.by === 'plan') {
    throw new Fault('health.calculated', `Question ${question} is answered by the plan itself.`, { question })
  }
}

export const fixHealth = action('health.fix', {
  title: 'Fix a point of the health check',
  about:
    'Does what the check offers for the offenders of one point, all or some: removes leads and lags, turns links into finish-to-start, softens hard constraints, moves forecasts behind the status date. One undo takes it back.',
  allow: 'schedule.write',
  input: z.strictObject({
    project,
    point: z.int().min(1).max(14).meta({ title: 'Point' }),
    tasks: z.array(ref('task', 'Task')).min(1).max(100_000).meta({ title: 'Only these tasks' }).optional(),
    baseline: z.int().min(0).max(10).meta({ title: 'Baseline' }).optional(),
  }),
  prepare: async (read, { project: owner, point, tasks, baseline }) => {
    const { points } = await checkHealth(read, { project: owner, baseline })
    const wanted = tasks && new Set(tasks)
    const offenders = (points[point - 1]?.offenders ?? []).filter(({ id }) => !wanted || wanted.has(id))
    return offenders.flatMap(({ fix }) => (fix && 'action' in fix ? [fix] : []))
  },
  run: async (tx, { point }, fixes) => {
    if (fixes.length === 0) {
      throw new Fault(
        'health.nothingToFix',
        'Nothing here can be put right by itself: only people know what is true.',
        { point },
      )
    }
    const links = fixes.flatMap((fix) => (fix.action === 'link.edit' ? fix.input.links : []))
    const tasks = fixes.flatMap((fix) => (fix.action === 'task.constrain' ? fix.input.tasks : []))
    if (links.length > 0) await editLinks.run(tx, { links }, undefined)
    if (tasks.length > 0) await constrainTasks.run(tx, { tasks }, undefined)
    return { tasks: fixes.length }
  },
})
