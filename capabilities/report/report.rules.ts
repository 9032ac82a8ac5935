/** Health of one dimension. What nothing measures is said openly and never green. */
export type Rating = 'green' | 'amber' | 'red' | 'notMeasured'

/** A rating with the rule that gave it, in a sentence with its figures. */
export type Rated = { readonly rating: Rating; readonly rule: string }

/** What the schedule's health is judged by. Slips are working days after the baseline. */
export type ScheduleFigures = {
  readonly worstMilestone: { readonly name: string; readonly slipDays: number } | undefined
  readonly remainingDays: number
  /** Earned schedule over actual time; undefined without a baseline or before it starts. */
  readonly spit: number | undefined
  readonly endSlackDays: number
  readonly dataAgeDays: number
}

const STALE_AFTER_DAYS = 7

/**
 * Health of the schedule, rules in order of severity: red when SPI(t) < 0.90, a milestone is more than 10 working days
 * late, or the end date has negative slack; amber when SPI(t) < 0.95, or a milestone is 6 to 10 days late or more than 5 %
 * of what remains; never green on figures older than 7 days.
 */
export function rateSchedule(figures: ScheduleFigures): Rated {
  const { worstMilestone, remainingDays, spit, endSlackDays, dataAgeDays } = figures
  if (spit === undefined && !worstMilestone) {
    return { rating: 'notMeasured', rule: 'Not measured: the plan has no baseline to compare with.' }
  }
  const slip = worstMilestone?.slipDays ?? 0
  const late = `${worstMilestone?.name ?? ''} is ${days(slip)} late`
  const pace = `SPI(t) is ${(spit ?? 1).toFixed(2)}`
  if (endSlackDays < 0)
    return { rating: 'red', rule: `Red: the end date has ${days(-endSlackDays)} less than no slack.` }
  if (slip > 10) return { rating: 'red', rule: `Red: ${late}, more than 10 working days.` }
  if (spit !== undefined && spit < 0.9) return { rating: 'red', rule: `Red: ${pace}, below 0.90.` }
  if (slip > 5) return { rating: 'amber', rule: `Amber: ${late}, more than 5 working days.` }
  if (slip > 0 && slip > remainingDays * 0.05) {
    return {
      rating: 'amber',
      rule: `Amber: ${late}, more than 5 % of the ${days(remainingDays)} that remain.`,
    }
  }
  if (spit !== undefined && spit < 0.95) return { rating: 'amber', rule: `Amber: ${pace}, below 0.95.` }
  if (dataAgeDays > STALE_AFTER_DAYS) {
    return {
      rating: 'amber',
      rule: `Amber: the status is ${dataAgeDays} days old, and old figures are never green.`,
    }
  }
  const said = slip > 0 ? `no milestone is more than ${days(slip)} late` : 'no milestone is late'
  return { rating: 'green', rule: `Green: ${spit === undefined ? '' : `${pace} and `}${said}.` }
}

function days(count: number): string {
  const size = Math.round(count * 10) / 10
  return `${size} working day${size === 1 ? '' : 's'}`
}

/**
 * Overall health: red if schedule, cost or scope is red; amber if anything else is amber or red; green otherwise.
 * Dimensions that nothing measures do not count.
 */
export function rateOverall(ratings: Readonly<Record<string, Rating>>): Rating {
  const measured = Object.entries(ratings).filter(([, rating]) => rating !== 'notMeasured')
  if (measured.length === 0) return 'notMeasured'
  if (measured.some(([name, rating]) => rating === 'red' && ['schedule', 'cost', 'scope'].includes(name)))
    return 'red'
  return measured.some(([, rating]) => rating === 'red' || rating === 'amber') ? 'amber' : 'green'
}

const ORDER: readonly Rating[] = ['red', 'amber', 'green']

/**
 * Health gets worse at once, but better by one step only, and only after two periods in a row were calculated better
 * than reported.
 */
export function withHysteresis(
  calculated: Rating,
  last: { calculated: Rating; reported: Rating } | undefined,
): Rated {
  if (!last || calculated === 'notMeasured' || last.reported === 'notMeasured')
    return { rating: calculated, rule: '' }
  const [now, before, earlier] = [calculated, last.reported, last.calculated].map((rating) =>
    ORDER.indexOf(rating),
  )
  if (now === undefined || before === undefined || earlier === undefined || now <= before)
    return { rating: calculated, rule: '' }
  const step = ORDER[before + 1] ?? calculated
  if (earlier > before)
    return {
      rating: step,
      rule: step === calculated ? '' : `Better by one step only: calculated ${calculated}.`,
    }
  return {
    rating: last.reported,
    rule: `Calculated ${calculated} for the first time; kept until it holds for two periods.`,
  }
}

/** One leaf task as the baseline had it, and how far it is. Minutes are moments of the plan's wall clock. */
export type EarnedTask = {
  readonly startMinute: number
  readonly finishMinute: number
  readonly weightMinutes: number
  readonly percentComplete: number
}

/**
 * SPI(t) = earned schedule ÷ actual time (Lipke 2003), with planned value by planned duration, spread evenly over each
 * task's planned working time. `workingBetween` counts working minutes of the project calendar. Undefined before the
 * plan has begun.
 */
export function spiByTime(
  tasks: readonly EarnedTask[],
  statusMinute: number,
  workingBetween: (from: number, to: number) => number,
): number | undefined {
  const start = Math.min(...tasks.map((task) => task.startMinute))
  const finish = Math.max(...tasks.map((task) => task.finishMinute))
  if (tasks.length === 0 || statusMinute <= start) return undefined
  const actual = workingBetween(start, statusMinute)
  const earned = tasks.reduce((sum, task) => sum + (task.weightMinutes * task.percentComplete) / 100, 0)
  const whole = tasks.reduce((sum, task) => sum + task.weightMinutes, 0)
  if (actual <= 0 || whole === 0) return undefined
  if (earned >= whole)
    return workingBetween(start, finish) / Math.min(actual, Math.max(1, workingBetween(start, finish)))
  const at = momentEarned(tasks, earned, start, finish, workingBetween)
  return workingBetween(start, at) / actual
}

/** The moment at which the plan had meant to have earned so much; found by halving, planned value never falls. */
function momentEarned(
  tasks: readonly EarnedTask[],
  earned: number,
  start: number,
  finish: number,
  workingBetween: (from: number, to: number) => number,
): number {
  const spans = tasks.map((task) => Math.max(1, workingBetween(task.startMinute, task.finishMinute)))
  const planned = (moment: number) =>
    tasks.reduce((sum, task, index) => {
      if (moment >= task.finishMinute) return sum + task.weightMinutes
      if (moment <= task.startMinute) return sum
      return sum + (task.weightMinutes * workingBetween(task.startMinute, moment)) / (spans[index] ?? 1)
    }, 0)
  let [low, high] = [start, finish]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (planned(middle) < earned) low = middle
    else high = middle
  }
  return high
}
