import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addWorking, compileWorkingTime, nextWorking, workingBetween } from './calendar/calendar.ts'
import type { CalendarSet } from './calendar/compile.ts'
import type { WorkingTime } from './calendar/working-time.ts'
import { at, DAY, link, planOf, STANDARD, task, working } from './cases/case.ts'
import { LAW_TIMEOUT_MILLISECONDS, lawRuns } from './cases/law-runs.ts'
import { type Explanation, explain, leversOf } from './explain.ts'
import type { Plan, PlanLink, PlanTask, Schedule } from './plan.ts'
import { schedule } from './schedule.ts'

const time = (compileWorkingTime([STANDARD], 2026) as CalendarSet).byId.get('standard') as WorkingTime
const START = at('2026-01-05T08:00')

function explained(plan: Plan, id: string): Explanation {
  const answer = explain(plan, scheduled(plan), id)
  if ('refused' in answer) throw new Error(answer.refused.code)
  return answer
}

function scheduled(plan: Plan): Schedule {
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  return answer
}

describe('what would let a task finish earlier', () => {
  // Pack (3 d) and the keys (1 d) let the van drive (1 d); then unpack (2 d).
  const move = planOf({
    tasks: [task('pack', 3), task('keys', 1), task('drive', 1), task('unpack', 2)],
    links: [link('pack', 'drive'), link('keys', 'drive'), link('drive', 'unpack')],
  })

  test('each task of its chain, up to where something else decides', () => {
    expect(leversOf(move, explained(move, 'unpack'))).toEqual([
      { task: 'unpack', kind: 'duration', gainMinutes: 2 * DAY },
      { task: 'drive', kind: 'duration', gainMinutes: DAY },
      // The keys are there after one day: two of the three days of packing can be won.
      { task: 'pack', kind: 'duration', gainMinutes: 2 * DAY },
    ])
  })

  test('nothing behind a step that two tasks hold alike', () => {
    const tied = { ...move, tasks: move.tasks.map((one) => (one.id === 'keys' ? task('keys', 3) : one)) }
    expect(leversOf(tied, explained(tied, 'unpack')).map(({ task: id }) => id)).toEqual(['unpack', 'drive'])
  })

  test('a constraint can be lifted, what is done cannot be undone', () => {
    const held = {
      ...move,
      tasks: move.tasks.map((one) =>
        one.id === 'drive'
          ? task('drive', 1, { constraint: 'snet', constraintMinute: at('2026-01-14T08:00') })
          : one,
      ),
    }
    expect(leversOf(held, explained(held, 'unpack')).at(-1)).toEqual({
      task: 'drive',
      kind: 'decision',
      driver: expect.objectContaining({ kind: 'constraint', constraint: 'snet' }),
      gainMinutes: 4 * DAY,
    })
    const done = {
      ...move,
      tasks: move.tasks.map((one) =>
        one.id === 'drive'
          ? task('drive', 1, {
              actualStartMinute: at('2026-01-08T08:00'),
              actualFinishMinute: at('2026-01-08T17:00'),
            })
          : one,
      ),
    }
    expect(leversOf(done, explained(done, 'unpack')).map(({ task: id }) => id)).toEqual(['unpack'])
  })
})

const networks = fc
  .record({
    durations: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 4, maxLength: 10 }),
    links: fc.uniqueArray(
      fc.record({
        from: fc.nat({ max: 9 }),
        to: fc.nat({ max: 9 }),
        type: fc.constantFrom(...(['fs', 'fs', 'ss', 'ff', 'sf'] as const)),
        lagHours: fc.integer({ min: -6, max: 20 }),
      }),
      { minLength: 8, maxLength: 30, selector: ({ from, to }) => `${from}-${to}` },
    ),
    held: fc.array(fc.record({ task: fc.nat({ max: 9 }), hours: fc.integer({ min: 0, max: 300 }) }), {
      maxLength: 3,
    }),
  })
  .map(({ durations, links, held }) =>
    planOf({
      tasks: durations.map((hours, i): PlanTask => {
        const hold = held.find((one) => one.task === i)
        return {
          id: `t${i}`,
          durationMinutes: hours * 60,
          ...(hold ? { constraint: 'snet', constraintMinute: START + hold.hours * 60 } : {}),
        }
      }),
      links: links
        .filter(({ from, to }) => from < to && to < durations.length)
        .map(({ from, to, type, lagHours }) => link(`t${from}`, `t${to}`, type, working(lagHours / 8))),
    }),
  )

const lagOf = (one: PlanLink) => (one.lag && 'minutes' in one.lag ? one.lag.minutes : 0)
/** No working time lies between two moments that are the same moment of work. */
const gap = (from: number, to: number) => Math.abs(workingBetween(time, from, to))

test('each step’s date follows from the step before it, back to the project’s start or a constraint', {
  timeout: LAW_TIMEOUT_MILLISECONDS,
}, () => {
  let followed = 0
  fc.assert(
    fc.property(networks, (plan) => {
      const answer = scheduled(plan)
      for (const { id } of plan.tasks) {
        const { steps } = explain(plan, answer, id) as Explanation
        expect(steps[0]?.task).toBe(id)
        steps.forEach((step, k) => {
          const [driver] = step.drivers
          const before = steps[k + 1]
          if (driver?.kind !== 'link') {
            expect(before).toBeUndefined()
            expect(driver?.kind).toBe(driver?.kind === 'constraint' ? 'constraint' : 'projectStart')
            const from = driver?.minute ?? Number.NaN
            expect(gap(Math.max(from, START), step.startMinute)).toBe(0)
            return
          }
          const given = plan.links.find(({ id: one }) => one === driver.link) as PlanLink
          expect(before?.task).toBe(given.predecessor)
          const leaves =
            given.type === 'fs' || given.type === 'ff' ? before?.finishMinute : before?.startMinute
          const limit = addWorking(time, leaves ?? 0, lagOf(given))
          const reached = given.type === 'fs' || given.type === 'ss' ? step.startMinute : step.finishMinute
          expect(gap(limit, reached)).toBe(0)
          followed++
        })
      }
    }),
    lawRuns(300),
  )
  expect(followed).toBeGreaterThan(lawRuns(300).numRuns)
})

test('without the links that set a date the task moves to its next limit, by as much as was said', {
  timeout: LAW_TIMEOUT_MILLISECONDS,
}, () => {
  let moved = 0
  fc.assert(
    fc.property(networks, (plan) => {
      const answer = scheduled(plan)
      for (const { id, durationMinutes } of plan.tasks) {
        const { steps } = explain(plan, answer, id) as Explanation
        const [step] = steps
        const [driver] = step?.drivers ?? []
        // A milestone may stand between shifts, where its next limit does.
        if (!step?.next || driver?.kind !== 'link' || !durationMinutes) continue
        const gone = new Set(step.drivers.flatMap(({ link: one }) => one ?? []))
        if (step.drivers.some(({ kind }) => kind === 'constraint')) continue
        const freed = scheduled({ ...plan, links: plan.links.filter((one) => !gone.has(one.id)) })
        const now = freed.tasks.find((one) => one.id === id)
        const expected = nextWorking(time, step.next.minute ?? 0)
        expect(gap(expected, now?.startMinute ?? 0)).toBe(0)
        expect(workingBetween(time, now?.startMinute ?? 0, step.startMinute)).toBe(step.next.slackMinutes)
        moved++
      }
    }),
    lawRuns(300),
  )
  expect(moved).toBeGreaterThan(lawRuns(300).numRuns / 8)
})
