import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assigned, at, DAY_SHIFTS, link, person, planOf, task, weekOf } from './cases/case.ts'
import { LAW_TIMEOUT_MILLISECONDS, lawRuns } from './cases/law-runs.ts'
import { editSchedule, type KeptSchedule, keepSchedule } from './kept.ts'
import type { Plan, PlanAssignment, PlanCalendar, PlanLink, PlanTask, Schedule } from './plan.ts'
import { editedPlan, type PlanEdit } from './plan-edit.ts'
import { schedule } from './schedule.ts'

const MONDAY = at('2026-01-05T00:00')
const CALENDARS: PlanCalendar[] = [
  { id: 'nights', week: weekOf([1, 2, 3, 4, 5], [{ fromMinute: 1200, toMinute: 1620 }]) },
  {
    id: 'part-time',
    base: 'standard',
    week: ['inherit', [], 'inherit', 'inherit', [{ fromMinute: 480, toMinute: 720 }], 'inherit', 'inherit'],
  },
  { id: 'six-day', week: weekOf([1, 2, 3, 4, 5, 6], DAY_SHIFTS) },
]
const TASKS = 16

/** Mostly left out, so that most tasks are plain and most plans can be answered. */
const rarely = <T>(value: fc.Arbitrary<T>, odds = 6) =>
  fc.oneof({ weight: odds, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })
const moments = fc.integer({ min: 0, max: 30 * 24 }).map((hours) => MONDAY + hours * 60)
const amounts = fc.integer({ min: 0, max: 80 }).map((hours) => hours * 60)

const facts = fc.record({
  active: rarely(fc.constant(false), 99),
  mode: rarely(fc.constant('manual' as const), 8),
  durationMinutes: fc.option(amounts, { nil: undefined, freq: 9 }),
  durationElapsed: rarely(fc.constant(true), 9),
  workMinutes: rarely(amounts),
  constraint: rarely(fc.constantFrom(...(['snet', 'snlt', 'fnet', 'fnlt', 'mso', 'mfo'] as const)), 4),
  alap: rarely(fc.constant(true), 199),
  constraintMinute: moments,
  deadlineMinute: rarely(moments),
  calendar: rarely(fc.constantFrom('standard', 'nights', 'part-time', 'six-day'), 3),
  ignoreResourceCalendar: rarely(fc.constant(true)),
  levelingDelayMinutes: rarely(amounts),
  levelingDelayElapsed: rarely(fc.constant(false), 2),
  actualStartMinute: rarely(moments, 4),
  lasted: rarely(amounts, 2),
  actualDurationMinutes: rarely(amounts),
  remainingDurationMinutes: rarely(amounts),
  manualStartMinute: rarely(moments, 3),
  manualFor: rarely(amounts, 3),
})

function taskOf(
  i: number,
  parent: string | undefined,
  made: typeof facts extends fc.Arbitrary<infer T> ? T : never,
): PlanTask {
  const { alap, lasted, manualFor, ...rest } = made
  const { actualStartMinute: start, manualStartMinute: stated } = rest
  return {
    ...rest,
    id: `t${i}`,
    parent,
    constraint: alap ? 'alap' : rest.constraint,
    actualFinishMinute: start !== undefined && lasted !== undefined ? start + lasted : undefined,
    manualFinishMinute: stated !== undefined && manualFor !== undefined ? stated + manualFor : undefined,
  }
}

const lags = rarely(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('working' as const, 'elapsed' as const),
      minutes: fc.integer({ min: -20, max: 40 }).map((hours) => hours * 60),
    }),
    fc.record({
      kind: fc.constantFrom('percent' as const, 'elapsedPercent' as const),
      percent: fc.integer({ min: -100, max: 150 }),
    }),
  ),
  2,
)

/** Links mostly run from earlier to later tasks, but not always: a circle is an edit too. */
const links = fc
  .record({
    id: fc.nat({ max: 30 }),
    ends: fc.tuple(fc.nat({ max: TASKS - 1 }), fc.nat({ max: TASKS - 1 })),
    against: rarely(fc.constant(true), 19),
    type: fc.constantFrom(...(['fs', 'fs', 'ss', 'ff', 'sf'] as const)),
    lag: lags,
  })
  .map(({ id, ends, against, type, lag }): PlanLink => {
    const [low, high] = ends.toSorted((a, b) => a - b) as [number, number]
    const [from, to] = against ? [high, low] : [low, high]
    return { id: `l${id}`, predecessor: `t${from}`, successor: `t${to}`, type, lag }
  })

const assignments = fc
  .record({
    id: fc.nat({ max: 12 }),
    task: fc.nat({ max: TASKS - 1 }),
    resource: fc.constantFrom('day', 'night', 'part', 'paper', null),
    units: rarely(fc.constantFrom(0.25, 0.5, 3), 3),
    workMinutes: fc.option(amounts, { nil: undefined, freq: 4 }),
    actualWorkMinutes: rarely(amounts),
    delayMinutes: rarely(amounts),
    contour: rarely(fc.constantFrom('bell' as const, 'turtle' as const), 3),
  })
  .map(({ id, task: of, ...rest }): PlanAssignment => ({ ...rest, id: `a${id}`, task: `t${of}` }))

/** Tasks 0, 5 and 10 are summary tasks, 5 below 0; everything else is chance. */
const parentOf = (i: number) =>
  i === 5 || (i > 0 && i < 5) ? 't0' : i > 5 && i < 9 ? 't5' : i > 10 && i < 14 ? 't10' : undefined

const plans = fc
  .record({
    tasks: fc.array(facts, { minLength: TASKS, maxLength: TASKS }),
    links: fc.uniqueArray(links, { maxLength: 20, selector: ({ id }) => id }),
    assignments: fc.uniqueArray(assignments, { maxLength: 8, selector: ({ id }) => id }),
    backwards: rarely(fc.constant(true), 19),
    honor: rarely(fc.constant(false)),
    split: rarely(fc.constant(false)),
    several: rarely(fc.constant(true)),
    real: rarely(fc.constant(true), 2),
    outOfSequence: rarely(
      fc.constantFrom(...(['retainedLogic', 'progressOverride', 'actualDates'] as const)),
      2,
    ),
  })
  .map((made): Plan => {
    const acyclic = made.links.filter(({ predecessor, successor }) => at0(predecessor) < at0(successor))
    const seen = new Set<string>()
    return {
      ...planOf({ calendars: CALENDARS }),
      project: {
        calendar: 'standard',
        startMinute: MONDAY + 480,
        finishMinute: MONDAY + 90 * 1440,
        scheduleFrom: made.backwards ? 'finish' : 'start',
        honorConstraints: made.honor,
        splitInProgress: made.split,
        multipleCriticalPaths: made.several,
        outOfSequence: made.outOfSequence,
        elapsedAcrossDst: made.real ? 'real' : 'wall',
        clockChanges: [
          { atMinute: MONDAY + 6 * 1440 + 120, shiftMinutes: 60 },
          { atMinute: MONDAY + 13 * 1440 + 180, shiftMinutes: -60 },
        ],
      },
      tasks: made.tasks.map((one, i) => taskOf(i, parentOf(i), one)),
      links: acyclic.filter((one) => {
        const ends = `${one.predecessor} ${one.successor}`
        const below =
          parentOf(at0(one.successor)) === one.predecessor ||
          (at0(one.predecessor) === 0 && at0(one.successor) < 9)
        const isNew = !seen.has(ends)
        seen.add(ends)
        return isNew && !below
      }),
      resources: [
        { id: 'day' },
        { id: 'night', calendar: 'nights' },
        { id: 'part', calendar: 'part-time' },
        { id: 'paper', type: 'material' },
      ],
      assignments: made.assignments,
    }
  })

function at0(id: string): number {
  return Number(id.slice(1))
}

/** One or a few edits at once. A task keeps most of what it was. */
const edits = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('facts' as const),
        i: fc.nat({ max: TASKS - 1 }),
        facts,
        keep: fc.integer(),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('link' as const), link: links }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('unlink' as const),
        link: fc.nat({ max: 30 }).map((k) => `l${k}`),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('assignment' as const), assignment: assignments }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('unassign' as const),
        assignment: fc.nat({ max: 12 }).map((k) => `a${k}`),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('outline' as const), i: fc.integer({ min: 11, max: TASKS }) }),
    },
  ),
  { minLength: 1, maxLength: 3 },
)

type Drawn = typeof edits extends fc.Arbitrary<(infer T)[]> ? T : never

function editOf(plan: Plan, drawn: Drawn): PlanEdit {
  if (drawn.kind === 'outline') {
    const known = plan.tasks[drawn.i]
    if (!known) return { kind: 'task', task: task(`t${plan.tasks.length}`, 2, { parent: 't10' }) }
    return { kind: 'task', task: { ...known, parent: known.parent ? undefined : 't0' } }
  }
  if (drawn.kind !== 'facts') return drawn
  const before = plan.tasks[drawn.i] as PlanTask
  const after = taskOf(drawn.i, before.parent ?? undefined, drawn.facts)
  // Each bit of `keep` leaves one field as it was; activity changes seldom.
  const fields = Object.keys(after) as (keyof PlanTask)[]
  const kept = fields.filter((field, k) =>
    field === 'active' ? drawn.keep % 24 !== 0 : (drawn.keep >> k) & 1,
  )
  return {
    kind: 'task',
    task: { ...after, ...Object.fromEntries(kept.map((field) => [field, before[field]])) },
  }
}

test('an edited plan has the answer of the same plan calculated as a whole, in every field', {
  timeout: LAW_TIMEOUT_MILLISECONDS,
}, () => {
  const count = { touched: 0, whole: 0, refused: 0 }
  fc.assert(
    fc.property(plans, fc.array(edits, { minLength: 1, maxLength: 12 }), (plan, sequence) => {
      let kept = keepSchedule(plan)
      if ('refused' in kept) return
      for (const drawn of sequence) {
        const changes = changesOf(kept.plan, drawn)
        const next: ReturnType<typeof editSchedule> = editSchedule(kept, changes)
        const wanted = editedPlan(kept.plan, changes)
        const whole = schedule(wanted)
        if ('refused' in next || 'refused' in whole) {
          expect(next).toEqual(whole)
          count.refused++
          continue
        }
        expect(next.plan).toEqual(wanted)
        expect(next.schedule).toEqual(whole)
        expect(next.changed).toEqual(differing(kept.schedule, next.schedule))
        count[next.calculated]++
        kept = next
      }
    }),
    lawRuns(600),
  )
  // Most edits take the short way, or the law above would say nothing about it.
  expect(count.touched).toBeGreaterThan(count.whole)
})

function changesOf(plan: Plan, drawn: readonly Drawn[]): PlanEdit[] {
  const changes: PlanEdit[] = []
  let now = plan
  for (const one of drawn) {
    const edit = editOf(now, one)
    changes.push(edit)
    now = editedPlan(now, [edit])
  }
  return changes
}

function differing(before: Schedule, after: Schedule): number[] {
  const old = new Map(before.tasks.map((one) => [one.id, JSON.stringify(one)]))
  return after.tasks.flatMap((one, i) => (old.get(one.id) === JSON.stringify(one) ? [] : [i]))
}

const HOUSE = planOf({
  calendars: CALENDARS,
  tasks: [
    task('build', 0),
    task('walls', 5, { parent: 'build' }),
    task('roof', 3, { parent: 'build' }),
    task('garden', 2),
    task('move in', 0, { milestone: true }),
  ],
  links: [link('walls', 'roof'), link('roof', 'move in'), link('garden', 'move in')],
  resources: [person('mason')],
  assignments: [assigned('walls', 'mason', 5)],
})

test('a longer task moves what waits for it and the summary above; what does not wait keeps its very results', () => {
  const before = kept(HOUSE)
  const after = edited(before, { kind: 'task', task: task('roof', 4, { parent: 'build' }) })
  expect(after.calculated).toBe('touched')
  // The garden has a day more slack; the walls stay as they were.
  expect(after.changed.map((i) => after.plan.tasks[i]?.id)).toEqual(['build', 'roof', 'garden', 'move in'])
  expect(after.schedule.tasks[1]).toBe(before.schedule.tasks[1])
  expect(after.schedule.finishMinute).toBe(at('2026-01-15T17:00'))
  expect(before.schedule.finishMinute).toBe(at('2026-01-14T17:00'))
})

test('a new name, or a day that slack takes up, changes nobody else', () => {
  const renamed = edited(kept(HOUSE), {
    kind: 'task',
    task: task('roof', 3, { parent: 'build', name: 'Roof' }),
  })
  expect(renamed.changed).toEqual([])
  const planted = edited(renamed, { kind: 'task', task: task('garden', 3) })
  expect(planted.changed).toEqual([3])
})

test('an answer that another edit has left behind stays as it was and can be edited again', () => {
  const before = kept(HOUSE)
  const one = edited(before, { kind: 'unlink', link: 'walls→roof' })
  expect(one.calculated).toBe('touched')
  const other = edited(before, {
    kind: 'assignment',
    assignment: assigned('garden', 'mason', 4, { units: 0.5 }),
  })
  expect(other.calculated).toBe('whole')
  expect(other.schedule).toEqual(schedule(other.plan))
  expect(
    edited(one, { kind: 'link', link: link('walls', 'roof', 'ss') }).schedule.tasks[2]?.startMinute,
  ).toBe(at('2026-01-05T08:00'))
})

test('what would be refused as a whole is refused as an edit, and the answer before can still be edited', () => {
  const before = kept(HOUSE)
  expect(editSchedule(before, [{ kind: 'link', link: link('move in', 'walls') }])).toMatchObject({
    refused: { code: 'schedule.cycle' },
  })
  const after = edited(before, { kind: 'task', task: task('garden', 9) })
  expect(after.schedule).toEqual(schedule(after.plan))
})

test('tasks that come, go or move in the outline ask for the whole calculation and are answered all the same', () => {
  const more = edited(kept(HOUSE), { kind: 'task', task: task('fence', 1) })
  expect([more.calculated, more.changed]).toEqual(['whole', [5]])
  const fewer = edited(more, { kind: 'plan', plan: HOUSE })
  expect([fewer.calculated, fewer.changed]).toEqual(['whole', []])
})

function kept(plan: Plan): KeptSchedule {
  const made = keepSchedule(plan)
  if ('refused' in made) throw new Error(JSON.stringify(made.refused))
  return made
}

function edited(before: KeptSchedule, edit: PlanEdit): KeptSchedule {
  const made = editSchedule(before, [edit])
  if ('refused' in made) throw new Error(JSON.stringify(made.refused))
  return made
}
