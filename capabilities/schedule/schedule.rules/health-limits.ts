import { type HealthSettings, USUAL_HEALTH } from '../../../engine/health/settings.ts'
import type { Read } from '../../../kernel/ledger/tx.ts'
import { type Fields, fieldMeta } from '../../../kernel/record.ts'
import { HealthLimits } from '../schedule.model.ts'

export type LimitName = keyof Fields<typeof HealthLimits>

/** What the fields of the limits say, and nothing of a row around them. */
export type SaidLimits = Partial<Fields<typeof HealthLimits>>

/** One limit: what holds, and what was said at each level. */
export type LimitView = {
  readonly name: LimitName
  readonly title: string
  readonly unit: string | null
  readonly value: number | string
  /** The point of the check that it belongs to. */
  readonly point: number
  readonly usual: number | string
  readonly workspace: number | string | null
  readonly project: number | string | null
}

/** Limits as they hold for a project: what was said for it, else for the workspace, else the usual. */
export type LimitsInForce = {
  readonly settings: Partial<HealthSettings>
  readonly views: readonly LimitView[]
}

/** Reads the limits that hold for a project; those said with a question go before all. */
export async function readLimits(
  read: Read,
  project: string,
  asked: SaidLimits | undefined,
): Promise<LimitsInForce> {
  const own = said((await read.all(HealthLimits, { project }))[0])
  const shared = said((await read.all(HealthLimits, { project: null }))[0])
  const settings = { ...shared, ...own, ...said(asked) }
  const views = LIMIT_NAMES.map((name): LimitView => {
    const { title = name, unit } = fieldMeta(HealthLimits.schema.shape[name])
    return {
      name,
      title,
      unit: unit ?? null,
      value: settings[name] ?? USUAL_HEALTH[name],
      point: POINT_OF[name],
      usual: USUAL_HEALTH[name],
      workspace: shared[name] ?? null,
      project: own[name] ?? null,
    }
  })
  return { settings, views }
}

const LIMIT_NAMES = Object.keys(HealthLimits.schema.shape) as LimitName[]

const POINT_OF: Readonly<Record<LimitName, number>> = {
  logicOf: 1,
  missingLogicPercent: 1,
  leadsPercent: 2,
  lagsPercent: 3,
  finishToStartPercent: 4,
  hardConstraintsPercent: 5,
  highFloatDays: 6,
  highFloatPercent: 6,
  negativeFloatPercent: 7,
  highDurationDays: 8,
  highDurationPercent: 8,
  invalidDatesPercent: 9,
  withoutResourcePercent: 10,
  missedTasksPercent: 11,
  testDelayDays: 12,
  criticalPathLengthIndex: 13,
  baselineExecutionIndex: 14,
}

function said(row: SaidLimits | undefined): { [Name in LimitName]?: NonNullable<SaidLimits[Name]> } {
  const fields = LIMIT_NAMES.flatMap((name) => (row?.[name] === undefined ? [] : [[name, row[name]]]))
  return Object.fromEntries(fields)
}
