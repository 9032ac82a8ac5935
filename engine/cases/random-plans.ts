import fc from 'fast-check'
import type { Lag, Plan, PlanCalendar, PlanLink, PlanTask } from '../plan.ts'
import { at, DAY_SHIFTS, dayOf, shift, weekOf } from './case.ts'

export const MONDAY = at('2026-01-05T00:00')

/** A day calendar with holidays, a night shift, part-time people derived from the first, and a week of seven days. */
export const CALENDARS: readonly PlanCalendar[] = [
  {
    id: 'standard',
    week: weekOf([1, 2, 3, 4, 5], DAY_SHIFTS),
    exceptions: ['2026-01-14', '2026-02-02', '2026-02-17'].map((day) => ({
      fromDay: dayOf(day),
      toDay: dayOf(day),
      shifts: [],
    })),
  },
  { id: 'nights', week: weekOf([1, 2, 3, 4, 5], [{ fromMinute: 1200, toMinute: 1620 }]) },
  {
    id: 'part-time',
    base: 'standard',
    week: ['inherit', [], 'inherit', 'inherit', [shift('08:00', '12:00')], 'inherit', 'inherit'],
  },
  { id: 'seven-days', week: weekOf([0, 1, 2, 3, 4, 5, 6], [shift('06:00', '14:00')]) },
]

/** The same calendars without holidays: every week is like any other. */
export const WEEKLY_CALENDARS: readonly PlanCalendar[] = CALENDARS.map((one) => ({ ...one, exceptions: [] }))

export type Shape = {
  readonly calendars?: boolean
  readonly constraints?: boolean
  readonly types?: readonly PlanLink['type'][]
  /** Percent lags from −100 % on; leads in hours. */
  readonly leads?: boolean
  /** Lags in working time only. */
  readonly working?: boolean
}

const maybe = <T>(value: fc.Arbitrary<T>, freq = 2) => fc.option(value, { nil: undefined, freq })

/** Plans of whole hours without people, outline and actuals; links run from earlier to later tasks. */
export function openPlans(shape: Shape): fc.Arbitrary<Plan> {
  const hour = fc.integer({ min: 0, max: 40 * 24 }).map((hours) => MONDAY + hours * 60)
  const constraint = fc.constantFrom(
    ...(['asap', 'alap', 'snet', 'snlt', 'fnet', 'fnlt', 'mso', 'mfo'] as const),
  )
  const task = fc.record({
    durationMinutes: fc.integer({ min: 0, max: 20 }).map((n) => n * 120),
    calendar: shape.calendars
      ? maybe(fc.constantFrom(...CALENDARS.map(({ id }) => id)))
      : fc.constant(undefined),
    constraint: shape.constraints ? maybe(constraint) : fc.constant(undefined),
    constraintMinute: hour,
    deadlineMinute: shape.constraints ? maybe(hour, 6) : fc.constant(undefined),
  })
  const link = fc.record({
    from: fc.nat({ max: 11 }),
    to: fc.nat({ max: 11 }),
    type: fc.constantFrom(...(shape.types ?? (['fs', 'ss', 'ff', 'sf'] as const))),
    lag: maybe(lags(shape.leads ?? true, shape.working ?? false)),
  })
  return fc
    .record({
      tasks: fc.array(task, { minLength: 1, maxLength: 12 }),
      links: fc.uniqueArray(link, { maxLength: 18, selector: ({ from, to }) => `${from}-${to}` }),
      honor: fc.boolean(),
    })
    .map(({ tasks, links, honor }) => ({
      project: { calendar: 'standard', startMinute: MONDAY + 480, honorConstraints: honor },
      calendars: CALENDARS,
      tasks: tasks.map((one, i): PlanTask => ({ ...one, id: `t${i}` })),
      links: links
        .filter(({ from, to }) => from < to && to < tasks.length)
        .map(
          ({ from, to, ...rest }, k): PlanLink => ({
            ...rest,
            id: `l${k}`,
            predecessor: `t${from}`,
            successor: `t${to}`,
          }),
        ),
      resources: [],
      assignments: [],
    }))
}

function lags(leads: boolean, working: boolean): fc.Arbitrary<Lag> {
  const least = leads ? -10 : 0
  return fc.oneof(
    fc.record({
      kind: working
        ? fc.constant('working' as const)
        : fc.constantFrom('working' as const, 'elapsed' as const),
      minutes: fc.integer({ min: least, max: 24 }).map((hours) => hours * 60),
    }),
    fc.record({
      kind: working
        ? fc.constant('percent' as const)
        : fc.constantFrom('percent' as const, 'elapsedPercent' as const),
      percent: fc.constantFrom(...(leads ? [-100, -50, 50, 100, 150] : [50, 100, 150])),
    }),
  )
}
