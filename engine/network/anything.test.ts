import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at, DAY_SHIFTS, weekOf } from '../cases/case.ts'
import { lawRuns } from '../cases/law-runs.ts'
import { explain } from '../explain.ts'
import type { Maybe, Plan, PlanAssignment, PlanCalendar, PlanLink, PlanTask } from '../plan.ts'
import { schedule } from '../schedule.ts'

const MONDAY = at('2026-01-05T00:00')
const CALENDARS: PlanCalendar[] = [
  { id: 'standard', week: weekOf([1, 2, 3, 4, 5], DAY_SHIFTS) },
  { id: 'nights', week: weekOf([1, 2, 3, 4, 5], [{ fromMinute: 1200, toMinute: 1620 }]) },
  {
    id: 'part-time',
    base: 'standard',
    week: ['inherit', [], 'inherit', 'inherit', [{ fromMinute: 480, toMinute: 720 }], 'inherit', 'inherit'],
  },
]

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 })
const minutes = fc.integer({ min: 0, max: 40 * 1440 }).map((offset) => MONDAY + offset)
const amounts = fc.integer({ min: 0, max: 5000 })

const tasks = fc.array(
  fc.record({
    parentPick: maybe(fc.nat({ max: 20 })),
    active: maybe(fc.boolean()),
    mode: maybe(fc.constantFrom('auto' as const, 'manual' as const)),
    durationMinutes: maybe(amounts),
    durationElapsed: maybe(fc.boolean()),
    constraint: maybe(
      fc.constantFrom(...(['asap', 'alap', 'snet', 'snlt', 'fnet', 'fnlt', 'mso', 'mfo'] as const)),
    ),
    constraintMinute: minutes,
    deadlineMinute: maybe(minutes),
    calendar: maybe(fc.constantFrom('standard', 'nights', 'part-time')),
    ignoreResourceCalendar: maybe(fc.boolean()),
    levelingDelayMinutes: maybe(amounts),
    levelingDelayElapsed: maybe(fc.boolean()),
    actualStartMinute: maybe(minutes),
    finished: maybe(amounts),
    remainingDurationMinutes: maybe(amounts),
    manualStartMinute: maybe(minutes),
    manualFinishMinute: maybe(minutes),
    external: maybe(fc.boolean()),
  }),
  { minLength: 1, maxLength: 14 },
)

const links = fc.uniqueArray(
  fc.record({
    from: fc.nat({ max: 13 }),
    to: fc.nat({ max: 13 }),
    type: fc.constantFrom(...(['fs', 'ss', 'ff', 'sf'] as const)),
    lag: maybe(
      fc.oneof(
        fc.record({
          kind: fc.constantFrom('working' as const, 'elapsed' as const),
          minutes: fc.integer({ min: -3000, max: 3000 }),
        }),
        fc.record({
          kind: fc.constantFrom('percent' as const, 'elapsedPercent' as const),
          percent: fc.integer({ min: -150, max: 150 }),
        }),
      ),
    ),
  }),
  { maxLength: 16, selector: (link) => `${link.from}-${link.to}` },
)

const assignments = fc.array(
  fc.record({
    task: fc.nat({ max: 13 }),
    resource: fc.constantFrom('day', 'night', 'part', 'paper'),
    units: maybe(fc.constantFrom(0.25, 0.5, 1, 3)),
    workMinutes: maybe(amounts),
    actualWorkMinutes: maybe(amounts),
    delayMinutes: maybe(amounts),
    contour: maybe(fc.constantFrom('flat' as const, 'bell' as const, 'turtle' as const)),
  }),
  { maxLength: 10 },
)

const plans = fc
  .record({ tasks, links, assignments, backwards: maybe(fc.boolean()), honor: maybe(fc.boolean()) })
  .map((parts): Plan => {
    const made = parts.tasks.map(({ parentPick, finished, ...task }, i): PlanTask => {
      const parent =
        parentPick !== undefined && i > 0 && parentPick % 3 === 0 ? `t${parentPick % i}` : undefined
      const done = task.actualStartMinute
      return {
        ...task,
        id: `t${i}`,
        parent,
        actualFinishMinute: done !== undefined && finished !== undefined ? done + finished : undefined,
        manualFinishMinute: laterOf(task.manualStartMinute, task.manualFinishMinute),
      }
    })
    const id = (n: number) => `t${n % made.length}`
    return {
      project: {
        calendar: 'standard',
        startMinute: MONDAY + 480,
        finishMinute: MONDAY + 60 * 1440,
        scheduleFrom: parts.backwards ? 'finish' : 'start',
        honorConstraints: parts.honor,
      },
      calendars: CALENDARS,
      tasks: made,
      links: parts.links.map(
        ({ from, to, ...link }, k): PlanLink => ({
          ...link,
          id: `l${k}`,
          predecessor: id(Math.min(from, to)),
          successor: id(Math.max(from, to)),
        }),
      ),
      resources: [
        { id: 'day' },
        { id: 'night', calendar: 'nights' },
        { id: 'part', calendar: 'part-time' },
        { id: 'paper', type: 'material' },
      ],
      assignments: parts.assignments.map((a, k): PlanAssignment => ({ ...a, id: `a${k}`, task: id(a.task) })),
    }
  })

test('whatever is planned, the engine answers with real dates or refuses, and never moves an actual start', {
  timeout: 60_000,
}, () => {
  let answered = 0
  fc.assert(
    fc.property(plans, (plan) => {
      const answer = schedule(plan)
      if ('refused' in answer) return
      answered++
      answer.tasks.forEach((task, i) => {
        const said = plan.tasks[i] as PlanTask
        for (const [key, value] of Object.entries(task))
          if (typeof value === 'number' && !Number.isFinite(value))
            throw new Error(`${task.id}.${key} is ${value}`)
        expect(task.startMinute).toBeLessThanOrEqual(task.finishMinute)
        const stated = said.mode === 'manual' || said.external || said.active === false
        if (!task.summary && !stated && said.actualStartMinute)
          expect(task.startMinute).toBe(said.actualStartMinute)
        const explanation = explain(plan, answer, task.id)
        if ('refused' in explanation) throw new Error('an answered plan was not explained')
        expect(explanation.steps.length).toBeGreaterThan(0)
      })
    }),
    lawRuns(600),
  )
  expect(answered).toBeGreaterThan(lawRuns(600).numRuns / 6)
})

test('calculating twice gives the same answer', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(plans, (plan) => {
      expect(schedule(structuredClone(plan))).toEqual(schedule(plan))
    }),
    lawRuns(100),
  )
})

function laterOf(start: Maybe<number>, finish: Maybe<number>): Maybe<number> {
  return typeof start === 'number' && typeof finish === 'number' ? Math.max(start, finish) : finish
}
