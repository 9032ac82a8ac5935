import fc from 'fast-check'
import { addWorking, compileWorkingTime, nextWorking } from '../calendar/calendar.ts'
import type { WorkingTime } from '../calendar/working-time.ts'
import type { Plan, PlanAssignment, PlanLink, PlanTask, Schedule } from '../plan.ts'
import { at, DAY, DAY_SHIFTS, weekOf } from './case.ts'

export const START = at('2026-01-05T08:00')
const STANDARD = { id: 'standard', week: weekOf([1, 2, 3, 4, 5], DAY_SHIFTS) }
const EARLY = {
  id: 'early',
  week: weekOf([1, 2, 3, 4], [{ fromMinute: 360, toMinute: 840 }]),
}
const NIGHT = {
  id: 'night',
  week: weekOf([0, 1, 2, 3, 4, 5, 6], [{ fromMinute: 1320, toMinute: 1440 }]),
}

export function planOf(parts: Partial<Plan>): Plan {
  return {
    project: { calendar: 'standard', startMinute: START },
    calendars: [STANDARD, EARLY, NIGHT],
    tasks: [],
    links: [],
    resources: [{ id: 'dba', name: 'DBA' }],
    assignments: [],
    ...parts,
  }
}

export const days = (count: number) => count * DAY
export const assign = (task: string, resource: string, units = 1): PlanAssignment => ({
  id: `${task}-${resource}`,
  task,
  resource,
  units,
})

/** Plans of two to a dozen tasks of all kinds for three people. */
export const crowdedPlans = fc
  .array(
    fc.record({
      days: fc.integer({ min: 0, max: 6 }),
      people: fc.uniqueArray(fc.record({ who: fc.nat({ max: 2 }), half: fc.boolean() }), {
        maxLength: 2,
        selector: (use) => use.who,
      }),
      priority: fc.constantFrom(300, 500, 500, 500, 900, 1000),
      special: fc.constantFrom(
        '',
        '',
        '',
        '',
        '',
        'alap',
        'snlt',
        'fnet',
        'snet',
        'mso',
        'started',
        'manual',
        'early',
        'elapsed',
        'late',
      ),
      under: fc.boolean(),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .chain((rows) =>
    fc.record({
      rows: fc.constant(rows),
      links: fc.uniqueArray(
        fc.record({
          from: fc.nat({ max: rows.length - 1 }),
          to: fc.nat({ max: rows.length - 1 }),
          type: fc.constantFrom('fs', 'fs', 'fs', 'ss', 'ff', 'sf'),
          lagDays: fc.constantFrom(0, 0, 0, 1, -1),
        }),
        { maxLength: 10, selector: (link) => `${link.from}-${link.to}` },
      ),
    }),
  )
  .map(({ rows, links }) => {
    const people = ['ann', 'bob', 'cem']
    const dayOf = (i: number) => at('2026-01-06T08:00') + (i % 7) * 1440
    const tasks = rows.map(({ days: length, priority, special, under }, i): PlanTask => {
      const task: PlanTask = {
        id: `t${i}`,
        durationMinutes: days(length),
        priority,
      }
      const placed = under ? { ...task, parent: 'phase' } : task
      if (special === 'alap') return { ...placed, constraint: special }
      if (special === 'snet' || special === 'mso' || special === 'snlt' || special === 'fnet')
        return { ...placed, constraint: special, constraintMinute: dayOf(i) }
      if (special === 'started') return { ...placed, actualStartMinute: START }
      if (special === 'manual')
        return {
          ...placed,
          mode: 'manual',
          manualStartMinute: dayOf(i),
          manualFinishMinute: dayOf(i) + 1980,
        }
      if (special === 'early') return { ...placed, calendar: 'early', ignoreResourceCalendar: true }
      if (special === 'elapsed') return { ...placed, durationElapsed: true }
      return placed
    })
    const assignments = rows.flatMap(({ people: uses, special }, i) =>
      uses.map(({ who, half }): PlanAssignment => {
        const units = half ? 0.5 : 1
        const workMinutes = units * (tasks[i]?.durationMinutes ?? 0)
        const made = {
          ...assign(`t${i}`, people[who] ?? '', units),
          workMinutes,
        }
        return special === 'late' ? { ...made, delayMinutes: days(1) } : made
      }),
    )
    return planOf({
      tasks: [{ id: 'phase' }, ...tasks],
      assignments,
      resources: people.map((id, i) => ({
        id,
        calendar: i === 1 ? 'early' : 'standard',
      })),
      links: links
        .filter((link) => link.from < link.to)
        .map(({ from, to, type, lagDays }, i) => ({
          id: `l${i}`,
          predecessor: `t${from}`,
          successor: `t${to}`,
          type: type as PlanLink['type'],
          lag: { kind: 'working' as const, minutes: days(lagDays) },
        })),
    })
  })

/** A second, slow look: who has more to do than one person can, half an hour after half an hour. */
export function overloadedByHour(plan: Plan, answer: Schedule): Set<string> {
  const calendars = compileWorkingTime(plan.calendars, 2026)
  if ('refused' in calendars) throw new Error(calendars.refused.code)
  const calendarOf = (id: string) => calendars.byId.get(id) as WorkingTime
  const overloaded = new Set<string>()
  const dates = new Map(answer.tasks.map((task) => [task.id, task]))
  for (const { id, calendar } of plan.resources)
    for (let minute = answer.startMinute; minute < answer.finishMinute; minute += 30) {
      let load = 0
      for (const { task, resource, units, delayMinutes, pieces } of plan.assignments) {
        const row = dates.get(task)
        const given = plan.tasks.find((each) => each.id === task)
        if (resource !== id || !row || !given || given.actualStartMinute !== undefined || delayMinutes)
          continue
        // Without work nobody's calendar counts but the project's.
        const idle = given.durationMinutes === 0
        const times = given.ignoreResourceCalendar
          ? given.calendar
          : idle
            ? 'standard'
            : (calendar ?? 'standard')
        const works = given.durationElapsed || nextWorking(calendarOf(times ?? 'standard'), minute) === minute
        const alone = pieces
          ? row.finishMinute
          : addWorking(calendarOf(times ?? 'standard'), row.startMinute, given.durationMinutes ?? 0)
        const inPause = pieces && !pieces.some((p) => p.startMinute <= minute && minute < p.finishMinute)
        const own = given.durationElapsed || given.mode === 'manual'
        const finish = own ? row.finishMinute : Math.min(alone, row.finishMinute)
        if (works && !inPause && row.startMinute <= minute && minute + 30 <= finish) load += units ?? 1
      }
      if (load > 1.0001) overloaded.add(id)
    }
  return overloaded
}
