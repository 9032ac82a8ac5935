import type {
  Plan,
  PlanAssignment,
  PlanCalendarException,
  PlanLink,
  PlanTask,
  Shift,
} from '../../engine/plan.ts'

const START_MINUTE = 20_458 * 1440 + 480 // 2026-01-05T08:00
const SHIFTS: Shift[] = [
  { fromMinute: 480, toMinute: 720 },
  { fromMinute: 780, toMinute: 1020 },
]

/** A plan of one seed: links of four types, three calendars, half the tasks assigned, a tenth under way; or a plain one. */
export function seededPlan(size: number, kind: 'full' | 'plain'): Plan {
  const random = seeded(20_260_105)
  const tasks: PlanTask[] = []
  const links: PlanLink[] = []
  const assignments: PlanAssignment[] = []
  const full = kind === 'full'
  for (let i = 0; i < size; i++) {
    const durationMinutes = 60 * (1 + Math.floor(random() * 40))
    const underWay = full && random() < 0.1
    const done = underWay ? Math.floor(durationMinutes / 2) : 0
    tasks.push({
      id: `t${i}`,
      durationMinutes,
      ...(full && random() < 0.1 ? { calendar: 'six-day' } : {}),
      ...(underWay
        ? {
            actualStartMinute: START_MINUTE + 1440 * (i % 5),
            actualDurationMinutes: done,
            remainingDurationMinutes: durationMinutes - done,
          }
        : {}),
    })
    if (full && random() < 0.5)
      assignments.push({
        id: `a${i}`,
        task: `t${i}`,
        resource: `r${i % 50}`,
        units: 1,
        workMinutes: durationMinutes,
      })
  }
  const known = new Set<number>()
  while (links.length < size * 1.5) {
    const to = 1 + Math.floor(random() * (size - 1))
    const from = Math.max(0, to - 1 - Math.floor(random() * 60))
    if (from === to || known.has(from * size + to)) continue
    known.add(from * size + to)
    const type = full ? (['fs', 'fs', 'fs', 'fs', 'ss', 'ff', 'sf'] as const)[Math.floor(random() * 7)] : 'fs'
    const lag =
      full && random() < 0.2
        ? { lag: { kind: 'working' as const, minutes: 60 * Math.floor(random() * 9) } }
        : {}
    links.push({
      id: `l${links.length}`,
      predecessor: `t${from}`,
      successor: `t${to}`,
      type: type ?? 'fs',
      ...lag,
    })
  }
  return {
    project: { startMinute: START_MINUTE, calendar: 'standard' },
    calendars: [
      { id: 'standard', week: week(5), exceptions: full ? holidays(12) : [] },
      { id: 'six-day', week: week(6), exceptions: holidays(8) },
      { id: 'people', base: 'standard', week: Array(7).fill('inherit'), exceptions: holidays(20) },
    ],
    tasks,
    links,
    resources: Array.from({ length: 50 }, (_, i) => ({
      id: `r${i}`,
      calendar: i % 2 ? 'people' : 'standard',
    })),
    assignments,
  }
}

function week(days: number): Shift[][] {
  return [[], SHIFTS, SHIFTS, SHIFTS, SHIFTS, SHIFTS, days > 5 ? SHIFTS : []]
}

function holidays(count: number): PlanCalendarException[] {
  return Array.from({ length: count }, (_, i) => {
    const day = 20_458 + 30 * i + (i % 7)
    return { fromDay: day, toDay: day, shifts: [] }
  })
}

/** Mulberry32 (T. Ettinger 2017): the same plan on every machine. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
