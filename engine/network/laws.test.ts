import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addWorking, compileWorkingTime, nextWorking, workingBetween } from '../calendar/calendar.ts'
import type { CalendarSet } from '../calendar/compile.ts'
import type { WorkingTime } from '../calendar/working-time.ts'
import { at, DAY_SHIFTS, dayOf, shift, weekOf } from '../cases/case.ts'
import { LAW_TIMEOUT_MILLISECONDS, lawRuns } from '../cases/law-runs.ts'
import { naiveSchedule } from '../cases/naive-schedule.ts'
import { explain } from '../explain.ts'
import type { Lag, Plan, PlanCalendar, PlanLink, PlanTask, Schedule, TaskSchedule } from '../plan.ts'
import { schedule } from '../schedule.ts'

const timeout = LAW_TIMEOUT_MILLISECONDS

const MONDAY = at('2026-01-05T00:00')

/** A day calendar with holidays, a night shift, part-time people derived from the first, and a week of seven days. */
const CALENDARS: readonly PlanCalendar[] = [
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
const WEEKLY_CALENDARS: readonly PlanCalendar[] = CALENDARS.map((one) => ({ ...one, exceptions: [] }))

type Shape = {
  readonly calendars?: boolean
  readonly constraints?: boolean
  readonly types?: readonly PlanLink['type'][]
  /** Percent lags from −100 % on; leads in hours. */
  readonly leads?: boolean
  /** Lags in working time only. */
  readonly working?: boolean
}

const calendars = (compileWorkingTime(CALENDARS, 2026) as CalendarSet).byId
const calendarOf = (task: PlanTask) => calendars.get(task.calendar ?? 'standard') as WorkingTime
const maybe = <T>(value: fc.Arbitrary<T>, freq = 2) => fc.option(value, { nil: undefined, freq })

const ALL = { calendars: true, constraints: true }

test('all dates and slacks equal those of a plain second calculation, whatever calendars and constraints', {
  timeout,
}, () => {
  fc.assert(
    fc.property(openPlans(ALL), (plan) => {
      const naive = naiveSchedule(plan)
      for (const task of solved(plan).tasks)
        expect({
          id: task.id,
          start: task.startMinute / 60,
          finish: task.finishMinute / 60,
          lateStart: task.lateStartMinute / 60,
          lateFinish: task.lateFinishMinute / 60,
          total: task.totalSlackMinutes / 60,
          free: task.freeSlackMinutes / 60,
        }).toEqual(naive.get(task.id))
    }),
    lawRuns(600),
  )
})

test('every link holds, unless the constraint that breaks it is reported', { timeout }, () => {
  fc.assert(
    fc.property(openPlans(ALL), (plan) => {
      const answer = solved(plan)
      const broken = new Set(
        answer.warnings.filter((one) => one.code === 'schedule.constraintConflict').map((one) => one.task),
      )
      for (const link of plan.links)
        if (!broken.has(link.successor)) expect(gapOf(plan, answer, link)).toBeGreaterThanOrEqual(0)
    }),
    lawRuns(300),
  )
})

test('work begins in working time and takes as long as said', { timeout }, () => {
  fc.assert(
    fc.property(openPlans(ALL), (plan) => {
      solved(plan).tasks.forEach((task, i) => {
        const said = plan.tasks[i] as PlanTask
        const calendar = calendarOf(said)
        expect(workingBetween(calendar, task.startMinute, task.finishMinute)).toBe(said.durationMinutes)
        if (said.durationMinutes) expect(nextWorking(calendar, task.startMinute)).toBe(task.startMinute)
      })
    }),
    lawRuns(200),
  )
})

test('without dates to keep no slack is negative and some task has none; free slack is never more than total', {
  timeout,
}, () => {
  fc.assert(
    fc.property(openPlans({ calendars: true }), (plan) => {
      const { tasks } = solved(plan)
      expect(Math.min(...tasks.map((task) => task.totalSlackMinutes))).toBe(0)
      for (const task of tasks) expect(task.freeSlackMinutes).toBeLessThanOrEqual(task.totalSlackMinutes)
    }),
    lawRuns(200),
  )
})

test('a chain of critical tasks leads from the start of the project to its finish', { timeout }, () => {
  fc.assert(
    fc.property(openPlans({ leads: false, working: true }), (plan) => {
      const answer = solved(plan)
      const last = answer.tasks.find((task) => task.finishMinute === answer.finishMinute) as TaskSchedule
      const explanation = explain(plan, answer, last.id)
      if ('refused' in explanation) throw new Error(explanation.refused.code)
      for (const step of explanation.steps)
        expect(answer.tasks.find((task) => task.id === step.task)).toHaveProperty('critical', true)
      const first = explanation.steps[explanation.steps.length - 1]
      expect(first?.drivers[0]?.kind).toBe('projectStart')
      expect(answer.tasks.find((task) => task.id === first?.task)?.startMinute).toBe(answer.startMinute)
    }),
    lawRuns(150),
  )
})

test('asked twice the answer is the same, and the plan is left as it was', { timeout }, () => {
  fc.assert(
    fc.property(openPlans(ALL), (plan) => {
      const before = JSON.stringify(plan)
      const answer = solved(plan)
      expect(solved(plan)).toEqual(answer)
      expect(JSON.stringify(plan)).toBe(before)
    }),
    lawRuns(100),
  )
})

test('other ids and another order of tasks and links change no date', { timeout }, () => {
  fc.assert(
    fc.property(openPlans(ALL), fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), (plan, numbers) => {
      const other = renamed(plan, numbers)
      const found = new Map(solved(other).tasks.map(({ drivers: _, ...task }) => [task.id, task]))
      for (const { drivers: _, ...task } of solved(plan).tasks) {
        const id = nameOf(task.id, numbers)
        expect(found.get(id)).toEqual({ ...task, id })
      }
    }),
    lawRuns(200),
  )
})

test('a project k weeks later runs k weeks later, where every week is like any other', { timeout }, () => {
  fc.assert(
    fc.property(openPlans(ALL), fc.integer({ min: -100, max: 150 }), (plan, weeks) => {
      const weekly = { ...plan, calendars: WEEKLY_CALENDARS }
      const by = weeks * 10_080
      const moved = solved(later(weekly, by)).tasks
      solved(weekly).tasks.forEach((task, i) => {
        expect(moved[i]).toMatchObject({
          startMinute: task.startMinute + by,
          finishMinute: task.finishMinute + by,
          lateStartMinute: task.lateStartMinute + by,
          lateFinishMinute: task.lateFinishMinute + by,
          totalSlackMinutes: task.totalSlackMinutes,
          freeSlackMinutes: task.freeSlackMinutes,
        })
      })
    }),
    lawRuns(200),
  )
})

test('a larger lag never lets the project end earlier', { timeout }, () => {
  fc.assert(
    fc.property(
      openPlans({ calendars: true }),
      fc.nat(),
      fc.integer({ min: 1, max: 30 }),
      (plan, pick, more) => {
        const links = plan.links.map((link, k) =>
          k === pick % plan.links.length ? lagging(link, more) : link,
        )
        expect(solved({ ...plan, links }).finishMinute).toBeGreaterThanOrEqual(solved(plan).finishMinute)
      },
    ),
    lawRuns(200),
  )
})

// With finish-to-finish a longer task may begin earlier, and what begins with it then ends earlier: no law there.
test('a longer task never lets the project end earlier, leads of at most the whole predecessor included', {
  timeout,
}, () => {
  fc.assert(
    fc.property(openPlans({ calendars: true, types: ['fs'] }), fc.nat(), (plan, pick) => {
      const tasks = plan.tasks.map((task, i) =>
        i === pick % plan.tasks.length
          ? { ...task, durationMinutes: (task.durationMinutes ?? 0) + 240 }
          : task,
      )
      expect(solved({ ...plan, tasks }).finishMinute).toBeGreaterThanOrEqual(solved(plan).finishMinute)
    }),
    lawRuns(200),
  )
})

test('a link that says only what two others say already changes nothing', { timeout }, () => {
  fc.assert(
    fc.property(openPlans({ types: ['fs'], leads: false }), (plan) => {
      const around = shortcuts(plan)
      const without = solved(plan).tasks.map(datesOf)
      expect(solved({ ...plan, links: [...plan.links, ...around] }).tasks.map(datesOf)).toEqual(without)
    }),
    lawRuns(150),
  )
})

function solved(plan: Plan): Schedule {
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused))
  return answer
}

/** Working time of the successor between what the link asks for and where it stands; what stands later is not early. */
function gapOf(plan: Plan, answer: Schedule, link: PlanLink): number {
  const dates = (id: string) => answer.tasks.find((task) => task.id === id) as TaskSchedule
  const said = (id: string) => plan.tasks.find((task) => task.id === id) as PlanTask
  const before = dates(link.predecessor)
  const after = dates(link.successor)
  const calendar = calendarOf(said(link.successor))
  const from = link.type[0] === 'f' ? before.finishMinute : before.startMinute
  const stands = link.type[1] === 'f' ? after.finishMinute : after.startMinute
  const { lag } = link
  let limit = from
  if (lag) {
    const amount =
      'minutes' in lag ? lag.minutes : ((said(link.predecessor).durationMinutes ?? 0) * lag.percent) / 100
    const isElapsed = lag.kind === 'elapsed' || lag.kind === 'elapsedPercent'
    limit = isElapsed ? from + amount : addWorking(calendar, from, amount)
  }
  return stands >= limit ? 0 : workingBetween(calendar, limit, stands)
}

function later(plan: Plan, by: number): Plan {
  const moved = (minute: number | null | undefined) => (minute ? minute + by : minute)
  return {
    ...plan,
    project: { ...plan.project, startMinute: moved(plan.project.startMinute) },
    tasks: plan.tasks.map((task) => ({
      ...task,
      constraintMinute: moved(task.constraintMinute),
      deadlineMinute: moved(task.deadlineMinute),
    })),
  }
}

function lagging(link: PlanLink, more: number): PlanLink {
  const { lag } = link
  if (lag && 'percent' in lag) return { ...link, lag: { ...lag, percent: lag.percent + more } }
  return { ...link, lag: { kind: lag?.kind ?? 'working', minutes: (lag?.minutes ?? 0) + more * 60 } }
}

/** From the first to the last of two finish-to-start links in a row, where there is no such link yet. */
function shortcuts(plan: Plan): PlanLink[] {
  const known = new Set(plan.links.map((link) => `${link.predecessor}-${link.successor}`))
  const made: PlanLink[] = []
  for (const first of plan.links)
    for (const second of plan.links) {
      const name = `${first.predecessor}-${second.successor}`
      if (first.successor !== second.predecessor || known.has(name)) continue
      known.add(name)
      made.push({ id: name, predecessor: first.predecessor, successor: second.successor, type: 'fs' })
    }
  return made
}

function nameOf(id: string, numbers: readonly number[]): string {
  return `${(numbers[Number(id.slice(1))] ?? 0) % 97}/${id}`
}

/** Other names, and an order by those names instead of the plan's. */
function renamed(plan: Plan, numbers: readonly number[]): Plan {
  const name = (id: string) => nameOf(id, numbers)
  const sorted = <T extends { id: string }>(items: T[]) => items.sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    ...plan,
    tasks: sorted(plan.tasks.map((task) => ({ ...task, id: name(task.id) }))),
    links: sorted(
      plan.links.map((link) => ({
        ...link,
        id: name(link.id),
        predecessor: name(link.predecessor),
        successor: name(link.successor),
      })),
    ),
  }
}

function datesOf({ drivers: _drivers, ...dates }: TaskSchedule) {
  return dates
}

/** Plans of whole hours without people, outline and actuals; links run from earlier to later tasks. */
function openPlans(shape: Shape): fc.Arbitrary<Plan> {
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
