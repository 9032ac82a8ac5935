import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { workingBetween } from '../calendar/calendar.ts'
import { assigned, at, DAY, DAY_SHIFTS, link, person, planOf, task, weekOf } from '../cases/case.ts'
import { LAW_TIMEOUT_MILLISECONDS, lawRuns } from '../cases/law-runs.ts'
import type { Plan, PlanAssignment, PlanTask } from '../plan.ts'
import { solvedOnce } from '../solved-once.ts'
import { type Load, type LoadQuestion, loadOf, type ResourceLoad } from './load.ts'

const MONDAY = at('2026-01-05')
const days = (count: number, from = MONDAY) => Array.from({ length: count + 1 }, (_, n) => from + n * 1440)
const weeks = (count: number) => Array.from({ length: count + 1 }, (_, n) => MONDAY + n * 7 * 1440)

function answered(plan: Plan, question: LoadQuestion): Load {
  const answer = loadOf(plan, question)
  if ('refused' in answer) throw new Error(`refused: ${answer.refused.code}`)
  return answer
}

function loadOfRuth(plan: Plan, edgeMinutes: readonly number[], byTask = false): ResourceLoad {
  const [ruth] = answered(plan, { edgeMinutes, byTask }).resources
  if (!ruth) throw new Error('Ruth is not there')
  return ruth
}

describe('who is busy', () => {
  test('two tasks at once ask a person for more than there is of them', () => {
    const plan = planOf({
      tasks: [task('test', 5), task('train', 10)],
      resources: [person('ruth')],
      assignments: [assigned('test', 'ruth', 5), assigned('train', 'ruth', 5, { units: 0.5 })],
    })
    const ruth = loadOfRuth(plan, weeks(3), true)
    expect(ruth.workMinutes).toEqual([7.5 * DAY, 2.5 * DAY, 0])
    expect(ruth.capacityMinutes).toEqual([5 * DAY, 5 * DAY, 5 * DAY])
    expect(ruth.peakUnits).toEqual([1.5, 0.5, 0])
    expect(ruth.tasks).toEqual([
      { task: 'test', workMinutes: [5 * DAY, 0, 0] },
      { task: 'train', workMinutes: [2.5 * DAY, 2.5 * DAY, 0] },
    ])
  })

  test('tasks on the same day but one after the other ask for nobody twice', () => {
    const half: Partial<PlanTask> = { durationMinutes: DAY / 2 }
    const plan = planOf({
      tasks: [task('morning', 0, half), task('afternoon', 0, half)],
      links: [link('morning', 'afternoon')],
      resources: [person('ruth')],
      assignments: [assigned('morning', 'ruth', 0.5), assigned('afternoon', 'ruth', 0.5)],
    })
    expect(loadOfRuth(plan, days(1))).toMatchObject({ workMinutes: [DAY], peakUnits: [1] })
  })

  test('the room of a person follows their calendar, their holiday and their units', () => {
    const holiday = { fromDay: MONDAY / 1440 + 1, toDay: MONDAY / 1440 + 1, shifts: [] }
    const plan = planOf({
      calendars: [
        { id: 'mornings', week: weekOf([1, 2, 3, 4], DAY_SHIFTS.slice(0, 1)), exceptions: [holiday] },
      ],
      tasks: [task('test', 1)],
      resources: [{ ...person('ruth', 'mornings'), maxUnits: 2 }],
      assignments: [assigned('test', 'ruth', 1)],
    })
    const ruth = loadOfRuth(plan, days(7))
    expect(ruth.capacityMinutes).toEqual([480, 0, 480, 480, 0, 0, 0])
    // Eight hours in mornings of four, with Tuesday off.
    expect(ruth.workMinutes).toEqual([240, 0, 240, 0, 0, 0, 0])
  })

  test('back-loaded work begins at a tenth of a day and ends with whole days', () => {
    const plan = planOf({
      tasks: [task('migrate', 10)],
      resources: [person('ruth')],
      assignments: [assigned('migrate', 'ruth', 6, { contour: 'backLoaded' })],
    })
    const { workMinutes, peakUnits } = loadOfRuth(plan, days(14))
    const worked = workMinutes.filter((_, day) => day % 7 < 5)
    expect(worked).toEqual([48, 72, 120, 240, 240, 360, 360, 480, 480, 480])
    expect(Math.max(...peakUnits)).toBe(1)
  })

  test('a second person who joins two days later is busy two days later', () => {
    const plan = planOf({
      tasks: [task('build', 4)],
      resources: [person('ruth'), person('lars')],
      assignments: [assigned('build', 'ruth', 4), assigned('build', 'lars', 2, { delayMinutes: 2 * DAY })],
    })
    const { resources } = answered(plan, { edgeMinutes: days(5) })
    expect(resources.map(({ workMinutes }) => workMinutes)).toEqual([
      [DAY, DAY, DAY, DAY, 0],
      [0, 0, DAY, DAY, 0],
    ])
  })

  test('who needs less than the task lasts is free again', () => {
    const plan = planOf({
      tasks: [task('acceptance', 5, { type: 'fixedDuration' })],
      resources: [person('ruth')],
      assignments: [assigned('acceptance', 'ruth', 2)],
    })
    expect(loadOfRuth(plan, days(5)).workMinutes).toEqual([DAY, DAY, 0, 0, 0])
  })

  test('what is done stays where it was done, the rest is where the task goes on', () => {
    const plan = planOf({
      tasks: [
        task('build', 4, {
          actualStartMinute: at('2026-01-05T08:00'),
          actualDurationMinutes: 2 * DAY,
          remainingDurationMinutes: 2 * DAY,
          percentComplete: 50,
          resumeMinute: at('2026-01-12T08:00'),
        }),
      ],
      resources: [person('ruth')],
      assignments: [
        assigned('build', 'ruth', 4, { actualWorkMinutes: 2 * DAY, remainingWorkMinutes: 2 * DAY }),
      ],
    })
    expect(loadOfRuth(plan, days(10)).workMinutes).toEqual([DAY, DAY, 0, 0, 0, 0, 0, DAY, DAY, 0])
  })

  test('work stated by pieces keeps its pause when the task moves', () => {
    const piece = (from: string, to: string, work: number) => ({
      startMinute: at(from),
      finishMinute: at(to),
      workMinutes: work,
    })
    const plan = planOf({
      tasks: [task('wait', 1), task('split', 3)],
      links: [link('wait', 'split')],
      resources: [person('ruth')],
      assignments: [
        assigned('split', 'ruth', 2, {
          pieces: [
            piece('2026-01-05T08:00', '2026-01-05T17:00', DAY),
            piece('2026-01-06T08:00', '2026-01-06T17:00', 0),
            piece('2026-01-07T08:00', '2026-01-07T17:00', DAY),
          ],
        }),
      ],
    })
    expect(loadOfRuth(plan, days(5)).workMinutes).toEqual([0, DAY, 0, DAY, 0])
  })

  test('work that somebody put on a weekend is there, though nobody has time', () => {
    const plan = planOf({
      tasks: [
        task('cut-over', 0, {
          durationMinutes: 1440,
          mode: 'manual',
          manualStartMinute: at('2026-01-10T08:00'),
          manualFinishMinute: at('2026-01-11T17:00'),
        }),
      ],
      resources: [person('ruth')],
      assignments: [assigned('cut-over', 'ruth', 2)],
    })
    const ruth = loadOfRuth(plan, weeks(2))
    expect(ruth.workMinutes).toEqual([2 * DAY, 0])
    expect(loadOfRuth(plan, days(7)).capacityMinutes.slice(5)).toEqual([0, 0])
  })

  test('a night shift that ends at midnight asks for nobody on the day after', () => {
    const late = [{ fromMinute: 1200, toMinute: 1440 }]
    const plan = planOf({
      calendars: [{ id: 'late', week: weekOf([1, 2, 3, 4, 5], late) }],
      tasks: [task('watch', 0.5, { calendar: 'late', ignoreResourceCalendar: true })],
      resources: [person('ruth', 'late')],
      assignments: [assigned('watch', 'ruth', 0.5)],
    })
    expect(loadOfRuth(plan, days(2))).toMatchObject({ workMinutes: [240, 0], peakUnits: [1, 0] })
  })

  test('where no work is said the units count as long as the task lasts', () => {
    const plan = planOf({
      tasks: [task('guard', 3)],
      resources: [person('ruth')],
      assignments: [{ id: 'ruth@guard', task: 'guard', resource: 'ruth', units: 0.5 }],
    })
    expect(loadOfRuth(plan, days(5))).toMatchObject({
      workMinutes: [240, 240, 240, 0, 0],
      peakUnits: [0.5, 0.5, 0.5, 0, 0],
    })
  })

  test('inactive tasks and material load nobody', () => {
    const plan = planOf({
      tasks: [task('dropped', 5, { active: false }), task('pour', 1)],
      resources: [person('ruth'), { id: 'concrete', type: 'material' }],
      assignments: [assigned('dropped', 'ruth', 5), assigned('pour', 'concrete', 1)],
    })
    expect(answered(plan, { edgeMinutes: weeks(2) }).resources).toEqual([
      {
        resource: 'ruth',
        maxUnits: 1,
        workMinutes: [0, 0],
        otherMinutes: [0, 0],
        capacityMinutes: [2400, 2400],
        peakUnits: [0, 0],
      },
    ])
  })

  test('what other plans ask of the same person counts beside the own', () => {
    const own = planOf({
      tasks: [task('test', 5)],
      resources: [person('ruth')],
      assignments: [assigned('test', 'ruth', 5)],
    })
    const other = planOf({
      start: '2026-01-08T08:00',
      tasks: [task('support', 5)],
      resources: [person('ruth'), person('lars')],
      assignments: [assigned('support', 'ruth', 2.5, { units: 0.5 }), assigned('support', 'lars', 5)],
    })
    const { resources } = answered(own, { edgeMinutes: weeks(2), others: [other], byTask: true })
    expect(resources).toEqual([
      {
        resource: 'ruth',
        maxUnits: 1,
        workMinutes: [5 * DAY, 0],
        otherMinutes: [DAY, 1.5 * DAY],
        capacityMinutes: [5 * DAY, 5 * DAY],
        peakUnits: [1.5, 0.5],
        tasks: [{ task: 'test', workMinutes: [5 * DAY, 0] }],
      },
    ])
  })
})

const amounts = fc.integer({ min: 0, max: 5000 })
const moments = fc.integer({ min: 0, max: 40 * 1440 }).map((offset) => MONDAY + offset)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const contours = fc.constantFrom(
  ...([
    'flat',
    'backLoaded',
    'frontLoaded',
    'doublePeak',
    'earlyPeak',
    'latePeak',
    'bell',
    'turtle',
  ] as const),
)

/** Open, started, finished and stated tasks, some split, each of them done by up to three people in different times. */
const busyPlans = fc
  .record({
    tasks: fc.array(
      fc.record({
        durationMinutes: amounts,
        durationElapsed: maybe(fc.constant(true)),
        calendar: maybe(fc.constantFrom('standard', 'mornings')),
        state: fc.constantFrom('open', 'open', 'started', 'complete', 'stated'),
        from: moments,
        done: amounts,
        left: amounts,
      }),
      { minLength: 1, maxLength: 8 },
    ),
    links: fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 })), { maxLength: 8 }),
    assignments: fc.uniqueArray(
      fc.record({
        task: fc.nat({ max: 7 }),
        resource: fc.constantFrom('ruth', 'lars', 'mina'),
        units: maybe(fc.constantFrom(0.25, 0.5, 1, 2)),
        done: amounts,
        left: amounts,
        delayMinutes: maybe(amounts),
        contour: maybe(contours),
        pieces: maybe(fc.array(fc.tuple(amounts, amounts), { minLength: 1, maxLength: 4 })),
      }),
      { maxLength: 12, selector: ({ task, resource }) => `${task} ${resource}` },
    ),
  })
  .map(({ tasks, links, assignments }): Plan => {
    const place = (n: number) => n % tasks.length
    const edges = links.filter(([a, b]) => place(a) !== place(b))
    const unique = new Map(
      edges.map(([a, b]) => [`${Math.min(place(a), place(b))}-${Math.max(place(a), place(b))}`, [a, b]]),
    )
    return planOf({
      calendars: [{ id: 'mornings', week: weekOf([1, 2, 3, 4], DAY_SHIFTS.slice(0, 1)) }],
      tasks: tasks.map(({ state, from, done, left, ...more }, n): PlanTask => {
        const made = { ...more, id: `t${n}` }
        if (state === 'started')
          return {
            ...made,
            actualStartMinute: from,
            actualDurationMinutes: done,
            remainingDurationMinutes: left,
          }
        if (state === 'complete') return { ...made, actualStartMinute: from, actualFinishMinute: from + done }
        if (state === 'stated')
          return { ...made, mode: 'manual', manualStartMinute: from, manualFinishMinute: from + done }
        return made
      }),
      links: [...unique.values()].map(([a = 0, b = 0]) =>
        link(`t${Math.min(place(a), place(b))}`, `t${Math.max(place(a), place(b))}`),
      ),
      resources: [person('ruth'), { ...person('lars', 'mornings'), maxUnits: 0.5 }, person('mina')],
      assignments: [
        ...new Map(assignments.map((one) => [`${place(one.task)} ${one.resource}`, one])).values(),
      ].map(({ task: of, done, left, pieces, ...more }): PlanAssignment => {
        const begun = tasks[place(of)]?.state === 'started' || tasks[place(of)]?.state === 'complete'
        let at = MONDAY + 480
        return {
          ...more,
          id: `${more.resource}@t${place(of)}`,
          task: `t${place(of)}`,
          workMinutes: (begun ? done : 0) + left,
          actualWorkMinutes: begun ? done : 0,
          remainingWorkMinutes: left,
          pieces: pieces?.map(([pause, work]) => {
            const startMinute = at + pause
            at = startMinute + work + 1
            return { startMinute, finishMinute: at, workMinutes: work }
          }),
        }
      }),
    })
  })

const FAR = at('2200-01-01')
const cuts = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 2, maxLength: 8 })

test('what people have to do in all periods is what is done and what is left of their assignments', {
  timeout: LAW_TIMEOUT_MILLISECONDS,
}, () => {
  let busy = 0
  fc.assert(
    fc.property(busyPlans, cuts, (plan, offsets) => {
      const inner = offsets.sort((a, b) => a - b).map((day) => MONDAY + day * 1440)
      const edgeMinutes = [at('1970-01-01'), ...inner, FAR]
      const { resources } = answered(plan, { edgeMinutes, byTask: true })
      for (const { resource, workMinutes, tasks = [] } of resources) {
        const own = plan.assignments.filter((assignment) => assignment.resource === resource)
        const said = own.reduce((sum, one) => sum + Math.max(one.workMinutes ?? 0, 0), 0)
        expect(sumOf(workMinutes)).toBeCloseTo(said, 0)
        for (const part of tasks) {
          const ofTask = own.filter((one) => one.task === part.task)
          expect(sumOf(part.workMinutes)).toBeCloseTo(sumOf(ofTask.map((one) => one.workMinutes ?? 0)), 0)
        }
        for (const [p, minutes] of workMinutes.entries())
          expect(sumOf(tasks.map((part) => part.workMinutes[p] ?? 0))).toBeCloseTo(minutes, 0)
        if (said > 0) busy++
      }
    }),
    lawRuns(300),
  )
  expect(busy).toBeGreaterThan(lawRuns(300).numRuns / 3)
})

test('a week holds what its days hold, and its peak is the highest of theirs', {
  timeout: LAW_TIMEOUT_MILLISECONDS,
}, () => {
  fc.assert(
    fc.property(busyPlans, (plan) => {
      const byDay = answered(plan, { edgeMinutes: days(70) }).resources
      const byWeek = answered(plan, { edgeMinutes: weeks(10) }).resources
      byWeek.forEach((week, n) => {
        const day = byDay[n]
        week.workMinutes.forEach((minutes, p) => {
          const inWeek = (values: readonly number[] = []) => values.slice(p * 7, p * 7 + 7)
          expect(sumOf(inWeek(day?.workMinutes))).toBeCloseTo(minutes, 0)
          expect(sumOf(inWeek(day?.capacityMinutes))).toBeCloseTo(week.capacityMinutes[p] ?? 0, 1)
          expect(Math.max(...inWeek(day?.peakUnits))).toBeCloseTo(week.peakUnits[p] ?? 0, 2)
        })
      })
    }),
    lawRuns(150),
  )
})

test('capacity is the working time of the calendar times the units, whatever is planned', {
  timeout: LAW_TIMEOUT_MILLISECONDS,
}, () => {
  fc.assert(
    fc.property(busyPlans, cuts, (plan, offsets) => {
      const edgeMinutes = offsets.sort((a, b) => a - b).map((day) => MONDAY + day * 1440)
      const solution = solvedOnce(plan)
      if ('refused' in solution) throw new Error('refused')
      const [ruth] = answered(plan, { edgeMinutes }).resources
      ruth?.capacityMinutes.forEach((minutes, p) => {
        const [from = 0, to = 0] = [edgeMinutes[p], edgeMinutes[p + 1]]
        expect(minutes).toBe(workingBetween(solution.network.projectCalendar, from, to))
      })
    }),
    lawRuns(50),
  )
})

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
