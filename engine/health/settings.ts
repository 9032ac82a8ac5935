/**
 * The limits of the 14-point check. Shares are percent, long spans working days of the project's day. The usual values
 * are those of the Defense Contract Management Agency (DCMA 14-Point Assessment, 2005; 44 days are two months).
 */
export type HealthSettings = {
  /** Whose logic point 1 looks at: sources differ between all tasks and those not finished yet. */
  readonly logicOf: 'incomplete' | 'all'
  readonly missingLogicPercent: number
  readonly leadsPercent: number
  readonly lagsPercent: number
  /** The least share of finish-to-start links. */
  readonly finishToStartPercent: number
  readonly hardConstraintsPercent: number
  readonly highFloatDays: number
  readonly highFloatPercent: number
  readonly negativeFloatPercent: number
  readonly highDurationDays: number
  readonly highDurationPercent: number
  readonly invalidDatesPercent: number
  /** The DCMA names no limit and asks for none left; a share above 0 tolerates some. */
  readonly withoutResourcePercent: number
  readonly missedTasksPercent: number
  /** By how many working days the critical path test delays a task. */
  readonly testDelayDays: number
  readonly criticalPathLengthIndex: number
  readonly baselineExecutionIndex: number
  /** What each point counts in the score, by its number; 1 where nothing is said. */
  readonly weights: Readonly<Record<number, number>>
}

export const USUAL_HEALTH: HealthSettings = {
  logicOf: 'incomplete',
  missingLogicPercent: 5,
  leadsPercent: 0,
  lagsPercent: 5,
  finishToStartPercent: 90,
  hardConstraintsPercent: 5,
  highFloatDays: 44,
  highFloatPercent: 5,
  negativeFloatPercent: 0,
  highDurationDays: 44,
  highDurationPercent: 5,
  invalidDatesPercent: 0,
  withoutResourcePercent: 0,
  missedTasksPercent: 5,
  testDelayDays: 600,
  criticalPathLengthIndex: 0.95,
  baselineExecutionIndex: 0.95,
  weights: {},
}
