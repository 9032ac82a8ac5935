import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addWorking, compileWorkingTime } from '../calendar/calendar.ts'
import type { CalendarSet } from '../calendar/compile.ts'
import type { WorkingTime } from '../calendar/working-time.ts'
import { at, DAY_SHIFTS, weekOf } from '../cases/case.ts'
import { lawRuns } from '../cases/law-runs.ts'
import { explain } from '../explain.ts'
import type { Plan, PlanLink, PlanTask, Schedule, TaskSchedule } from '../plan.ts'
import { schedule } from '../schedule.ts'

const START = at('2026-01-05T08:00')
const TYPES = ['fs', 'ss', 'ff', 'sf'] as const
const STANDARD = { id: 'standard', week: weekOf([1, 2, 3, 4, 5], DAY_SHIFTS) }
/** Networks of up to twelve tasks whose links all run forward, so that there is no circle. */
const networks = fc
  .array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 })
  .chain((durations) =>
    fc.record({
      durations: fc.constant(durations),
      links: fc.uniqueArray(
        fc.record({
          from: fc.nat({ max: durations.length - 1 }),
          to: fc.nat({ max: durations.length - 1 }),
          type: fc.constantFrom(...TYPES),
          lagHours: fc.integer({ min: -10, max: 20 }),
        }),
        { maxLength: 20, selector: (link) => `${link.from}-${link.to}` },
      ),
    }),
  )
  .map(({ durations, links }) => ({
    tasks: durations.map((hours, i): PlanTask => ({ id: `t${i}`, durationMinutes: hours * 60 })),
    links: links
      .filter((link) => link.from < link.to)
      .map(
        (link, i): PlanLink => ({
          id: `l${i}`,
          predecessor: `t${link.from}`,
          successor: `t${link.to}`,
          type: link.type,
          lag: { kind: 'working', minutes: link.lagHours * 60 },
        }),
      ),
  }))

test('every link holds for early and for late dates, lag counted in the calendar', {
  timeout: 60_000,
}, () => {
  const calendar = (compileWorkingTime([STANDARD], 2026) as CalendarSet).byId.get('standard') as WorkingTime
  fc.assert(
    fc.property(networks, (network) => {
      const answer = solved(planOf(network, STANDARD))
      const byId = new Map(answer.tasks.map((task) => [task.id, task]))
      for (const link of network.links) {
        const before = byId.get(link.predecessor) as TaskSchedule
        const after = byId.get(link.successor) as TaskSchedule
        const lagMinutes = link.lag && 'minutes' in link.lag ? link.lag.minutes : 0
        const from = link.type === 'fs' || link.type === 'ff'
        const to = link.type === 'fs' || link.type === 'ss'
        const limit = addWorking(calendar, from ? before.finishMinute : before.startMinute, lagMinutes)
        // The end of one day and the start of the next are the same moment of work.
        const stands = to ? after.startMinute : after.finishMinute
        expect(workingGap(calendar, limit, stands)).toBeGreaterThanOrEqual(0)
        const late = addWorking(calendar, from ? before.lateFinishMinute : before.lateStartMinute, lagMinutes)
        expect(
          workingGap(calendar, late, to ? after.lateStartMinute : after.lateFinishMinute),
        ).toBeGreaterThanOrEqual(0)
      }
    }),
    lawRuns(400),
  )
})

test('without dates to keep no slack is negative, some task has none, free slack is at most total slack', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(networks, (network) => {
      const answer = solved(planOf(network, STANDARD))
      expect(Math.min(...answer.tasks.map((task) => task.totalSlackMinutes))).toBe(0)
      for (const task of answer.tasks) {
        expect(task.freeSlackMinutes).toBeLessThanOrEqual(task.totalSlackMinutes)
        expect(task.freeSlackMinutes).toBeGreaterThanOrEqual(0)
      }
    }),
    lawRuns(300),
  )
})

test('the order in which tasks and links are given changes no date and no slack', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(networks, fc.infiniteStream(fc.nat()), (network, numbers) => {
      const plan = planOf(network, STANDARD)
      const shuffled = { ...plan, tasks: shuffle(plan.tasks, numbers), links: shuffle(plan.links, numbers) }
      const sorted = (answer: Schedule) => answer.tasks.map(datesOf).sort((a, b) => (a.id < b.id ? -1 : 1))
      expect(sorted(solved(shuffled))).toEqual(sorted(solved(plan)))
    }),
    lawRuns(200),
  )
})

test('a project that starts k weeks later runs k weeks later', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(networks, fc.integer({ min: 1, max: 150 }), (network, weeks) => {
      const plan = planOf(network, STANDARD)
      const later = { ...plan, project: { ...plan.project, startMinute: START + weeks * 10_080 } }
      const moved = solved(later).tasks
      solved(plan).tasks.forEach((task, i) => {
        expect(moved[i]?.startMinute).toBe(task.startMinute + weeks * 10_080)
        expect(moved[i]?.lateFinishMinute).toBe(task.lateFinishMinute + weeks * 10_080)
        expect(moved[i]?.totalSlackMinutes).toBe(task.totalSlackMinutes)
      })
    }),
    lawRuns(100),
  )
})

test('a longer task never lets the project end earlier', { timeout: 60_000 }, () => {
  const forward = networks.map((network) => ({
    ...network,
    links: network.links.filter((l) => l.type === 'fs'),
  }))
  fc.assert(
    fc.property(forward, fc.nat(), (network, pick) => {
      const plan = planOf(network, STANDARD)
      const longer = network.tasks.map((task, i) =>
        i === pick % network.tasks.length
          ? { ...task, durationMinutes: (task.durationMinutes ?? 0) + 60 }
          : task,
      )
      expect(solved({ ...plan, tasks: longer }).finishMinute).toBeGreaterThanOrEqual(
        solved(plan).finishMinute,
      )
    }),
    lawRuns(200),
  )
})

test('a circle is refused, and the one named is real and the shortest there is', { timeout: 60_000 }, () => {
  const graphs = fc.record({
    count: fc.integer({ min: 2, max: 7 }),
    pairs: fc.uniqueArray(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 })), {
      maxLength: 14,
      selector: ([a, b]) => a * 10 + b,
    }),
  })
  fc.assert(
    fc.property(graphs, ({ count, pairs }) => {
      const kept = pairs.filter(([a, b]) => a < count && b < count && a !== b)
      const tasks = Array.from({ length: count }, (_, i): PlanTask => ({ id: `t${i}`, durationMinutes: 60 }))
      const links = kept.map(
        ([a, b]): PlanLink => ({ id: `l${a}${b}`, predecessor: `t${a}`, successor: `t${b}`, type: 'fs' }),
      )
      const answer = schedule(planOf({ tasks, links }, STANDARD))
      const shortest = shortestCircle(count, kept)
      if (shortest === undefined) {
        expect(answer).not.toHaveProperty('refused')
        return
      }
      if (!('refused' in answer)) throw new Error('a circle was scheduled')
      const named = answer.refused.facts.tasks as string[]
      expect(named).toHaveLength(shortest)
      named.forEach((id, i) => {
        const next = named[(i + 1) % named.length]
        expect(links.some((link) => link.predecessor === id && link.successor === next)).toBe(true)
      })
    }),
    lawRuns(400),
  )
})

test('every explanation leads back to the start of the project, each step to a driver that allows no earlier date', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(networks, (network) => {
      const plan = planOf(network, STANDARD)
      const answer = solved(plan)
      for (const task of answer.tasks) {
        const explanation = explain(plan, answer, task.id)
        if ('refused' in explanation) throw new Error('refused')
        const last = explanation.steps[explanation.steps.length - 1]
        expect(last?.drivers[0]?.kind).toBe('projectStart')
        for (const step of explanation.steps) {
          expect(step.drivers.length).toBeGreaterThan(0)
          for (const other of step.others) expect(other.slackMinutes).toBeGreaterThan(0)
        }
      }
    }),
    lawRuns(150),
  )
})

function planOf(parts: Pick<Plan, 'tasks' | 'links'>, calendar: Plan['calendars'][number]): Plan {
  return {
    project: { calendar: 'standard', startMinute: START },
    calendars: [calendar],
    resources: [],
    assignments: [],
    ...parts,
  }
}

function solved(plan: Plan): Schedule {
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused))
  return answer
}

function workingGap(calendar: WorkingTime, from: number, to: number): number {
  return to >= from || addWorking(calendar, to, 0.1) >= addWorking(calendar, from, 0.1) ? 0 : to - from
}

function shuffle<T>(items: readonly T[], numbers: fc.Stream<number>): T[] {
  const left = [...items]
  const mixed: T[] = []
  while (left.length > 0) {
    const { value } = numbers.next()
    mixed.push(...left.splice((value ?? 0) % left.length, 1))
  }
  return mixed
}

function shortestCircle(count: number, pairs: readonly (readonly [number, number])[]): number | undefined {
  const reach = Array.from({ length: count }, () => Array<number>(count).fill(Number.POSITIVE_INFINITY))
  for (const [a, b] of pairs) (reach[a] as number[])[b] = 1
  for (let k = 0; k < count; k++)
    for (let a = 0; a < count; a++)
      for (let b = 0; b < count; b++) {
        const row = reach[a] as number[]
        row[b] = Math.min(row[b] as number, (row[k] as number) + ((reach[k] as number[])[b] as number))
      }
  const shortest = Math.min(...reach.map((row, a) => row[a] as number))
  return Number.isFinite(shortest) ? shortest : undefined
}

/** Of two limits that bind alike, the task named first is the driver: drivers may follow the order, dates may not. */
function datesOf({ drivers: _drivers, ...dates }: Schedule['tasks'][number]) {
  return dates
}
