import { z } from 'zod'
import type { LossReport, PlanFile } from '../../exchange/plan-file.ts'
import { query } from '../../kernel/action.ts'
import { minuteOf } from '../../kernel/day.ts'
import type { Read } from '../../kernel/ledger/tx.ts'
import { ref } from '../../kernel/record.ts'
import { Baseline, type BaselineLine, type BaselineLines, HealthLimits } from './schedule.model.ts'
import { planAnswer } from './schedule.rules/answer.ts'
import { readBaseline } from './schedule.rules/baseline.ts'
import {
  type ComparedPlan,
  changesBetween,
  comparedFromBaseline,
  comparedFromNow,
} from './schedule.rules/compare.ts'
import { explainTask } from './schedule.rules/explain.ts'
import { checkHealth } from './schedule.rules/health-check.ts'
import { askPractices } from './schedule.rules/health-questionnaire.ts'
import { WRITTEN_FORMATS, writtenPlan } from './schedule.rules/plan-file.ts'
import { fileOfPlan } from './schedule.rules/to-file.ts'
import { healthTrend, milestoneTrend } from './schedule.rules/trend.ts'
import { computePlan } from './schedule.rules/view.ts'

const project = ref('project', 'Project')

/** The whole plan with its computed dates: the one answer behind screens, reports, files and the command line. */
export const showSchedule = query('schedule.show', {
  title: 'Show a plan',
  about:
    'All tasks top to bottom with their computed dates, slack and drivers, the links, and what the plan warns of.',
  allow: 'schedule.read',
  input: z.strictObject({
    project,
    baseline: z.int().min(0).max(10).meta({ title: 'Baseline', description: 'Adds its dates' }).optional(),
    drivers: z
      .boolean()
      .meta({ title: 'With drivers', description: 'What set each start, in words' })
      .optional(),
  }),
  run: async (read, input) => {
    const computed = await computePlan(read, input.project)
    const baselines = await read.all(Baseline, { project: input.project })
    const lines =
      input.baseline === undefined ? undefined : await readBaseline(read, input.project, input.baseline)
    return {
      seq: read.seq,
      ...planAnswer(computed, { withDrivers: input.drivers ?? false }),
      baselines: baselines
        .map(({ number, name, takenAt }) => ({ number, name: name ?? null, takenAt }))
        .sort((a, b) => a.number - b.number),
      baseline: lines && {
        number: input.baseline ?? 0,
        tasks: lines.tasks.map(({ id, start, finish }) => ({
          id,
          start: start ?? null,
          finish: finish ?? null,
        })),
      },
    }
  },
})

/** Why a task has its dates: the chain of what set them, as sentences, and what would set them next. */
export const explainSchedule = query('schedule.explain', {
  title: 'Explain a date',
  about:
    'Which link, constraint, calendar or resource set the dates of a task, back to the start of the chain.',
  allow: 'schedule.read',
  input: z.strictObject({ project, task: ref('task', 'Task') }),
  run: async (read, input) => {
    const computed = await computePlan(read, input.project)
    return { seq: read.seq, ...explainTask(computed, input.task) }
  },
})

const other = z
  .union([
    z.strictObject({ baseline: z.int().min(0).max(10).meta({ title: 'Baseline' }) }),
    z.strictObject({ seq: z.int().min(0).meta({ title: 'Change' }) }),
  ])
  .meta({ title: 'Compared with', description: 'A baseline, or the plan as it stood after a change' })

/** What differs between the plan now and a baseline or an earlier state: old and new dates, tasks come and gone. */
export const compareSchedule = query('schedule.compare', {
  title: 'Compare a plan',
  about:
    'Tasks whose dates differ from a baseline or from the plan after an earlier change; tasks that came and went.',
  allow: 'schedule.read',
  input: z.strictObject({ project, with: other }),
  run: async (read, input) => {
    const computed = await computePlan(read, input.project)
    const now = comparedFromNow(computed)
    const before: ComparedPlan =
      'baseline' in input.with
        ? comparedFromBaseline(await readBaseline(read, input.project, input.with.baseline), now)
        : comparedFromNow(await computePlan(await read.asOf(input.with.seq), input.project))
    return { seq: read.seq, with: input.with, ...changesBetween(computed, before, now, minuteOf) }
  },
})

const thresholds = z
  .strictObject(HealthLimits.schema.shape)
  .meta({ title: 'Limits', description: 'Go before those that were set for the project or the workspace' })

/** Whether the network of a plan can be believed: the 14-point check with offenders and fixes. */
export const healthOfSchedule = query('schedule.health', {
  title: 'Check the health of a plan',
  about:
    'The 14-point check: missing logic, leads, lags, constraints, slack, durations, dates, resources and progress, with who offends, why, what would mend it, and the limits that hold.',
  allow: 'schedule.read',
  input: z.strictObject({
    project,
    baseline: z
      .int()
      .min(0)
      .max(10)
      .meta({ title: 'Baseline', description: 'Default: baseline 0, else the lowest number' })
      .optional(),
    thresholds: thresholds.optional(),
  }),
  run: checkHealth,
})

/** How far the ten practices of scheduling are followed, by what the plan says and what people answered. */
export const practicesOfSchedule = query('schedule.practices', {
  title: 'Practices of scheduling',
  about:
    'The ten practices of the Schedule Assessment Guide (GAO-16-89G) as questions: what the plan answers itself with its offenders, what people answered and on what evidence, and the scores.',
  allow: 'schedule.read',
  input: z.strictObject({ project }),
  run: (read, input) => askPractices(read, input.project),
})

const everyWeeks = z
  .int()
  .min(1)
  .max(52)
  .meta({ title: 'Every so many weeks', description: 'Doubled where the days would be too many' })
  .default(1)

/** What was forecast for each milestone on past reporting days: the milestone trend chart as data. */
export const trendOfSchedule = query('schedule.trend', {
  title: 'Trend of milestones',
  about:
    'For each milestone and the end of the plan what was forecast on past reporting days, read from the history of the plan, beside the baseline.',
  allow: 'schedule.read',
  input: z.strictObject({
    project,
    everyWeeks,
    baseline: z
      .int()
      .min(0)
      .max(10)
      .meta({ title: 'Baseline', description: 'Default: the one taken last' })
      .optional(),
  }),
  run: milestoneTrend,
})

/** How the score of the health check went over past reporting days. */
export const trendOfHealth = query('schedule.healthTrend', {
  title: 'Trend of the health of a plan',
  about:
    'The score of the 14-point check on past reporting days and the points that failed, read from the history of the plan by the limits that held on each day.',
  allow: 'schedule.read',
  input: z.strictObject({ project, everyWeeks }),
  run: healthTrend,
})

/** The plan as a file, with a line for everything that could not go along. */
export const exportSchedule = query('schedule.export', {
  title: 'Export a plan',
  about:
    'The plan as Microsoft Project XML or MPX, as a table (CSV, Excel workbook in base64) or in neutral JSON. In XML and JSON, what an imported file said beyond our model is written back for those who may see rates and personal fields.',
  allow: 'schedule.read',
  input: z.strictObject({
    project,
    format: z.enum(WRITTEN_FORMATS).meta({ title: 'Format' }).default('mspdi'),
  }),
  run: async (read, input) => {
    const computed = await computePlan(read, input.project)
    const { project: owner } = computed.rows
    const seesAll = GUARDED.every((permission) => read.allows(permission, input.project))
    const whole = owner.imported ? await keptPlan(read, owner.imported.plan) : undefined
    const kept = whole && !seesAll ? { ...whole, extra: {} } : whole
    const taken = (await read.all(Baseline, { project: input.project })).sort((a, b) => a.number - b.number)
    const baselines = []
    for (const { number } of taken)
      baselines.push({
        number,
        lines: costsFor(seesAll, await readBaseline(read, input.project, number)),
      })
    const plan = fileOfPlan(computed, baselines, kept)
    const base = owner.name.replace(/[^\p{L}\p{N} ._-]+/gu, ' ').trim() || 'plan'
    const { ending, loss, ...written } = await writtenPlan(plan, input.format)
    const keepsExtra = input.format === 'mspdi' || input.format === 'json'
    return {
      fileName: `${base}.${ending}`,
      ...written,
      loss: whole && !seesAll && keepsExtra ? withheld(loss) : loss,
    }
  },
})

/** What opens everything that an imported file may say: its rates, costs, addresses and notes are kept as one. */
const GUARDED = ['people.rates', 'people.personal', 'schedule.rates']

function costsFor(seesAll: boolean, lines: BaselineLines): BaselineLines {
  if (seesAll) return lines
  const bare = (list: readonly BaselineLine[]) => list.map(({ costCents: _cost, ...figures }) => figures)
  return {
    tasks: bare(lines.tasks),
    assignments: bare(lines.assignments),
    resources: bare(lines.resources),
  }
}

function withheld({ lines, counts }: LossReport): LossReport {
  const text = 'What the imported file says beyond our fields: rates and costs among it are not yours to see.'
  const line = { level: 'left out', where: { kind: 'file' }, text } as const
  return { lines: [...lines, line], counts: { ...counts, leftOut: counts.leftOut + 1 } }
}

async function keptPlan(read: Read, hash: string): Promise<PlanFile> {
  return JSON.parse(new TextDecoder().decode(await read.blob(hash))) as PlanFile
}
