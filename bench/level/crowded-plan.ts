import { seededRandom } from '../../engine/levelling/random.ts'
import type { Plan, PlanAssignment, PlanLink, PlanTask } from '../../engine/plan.ts'

const MONDAY = 29_459_520 + 480
const office = [
  { fromMinute: 480, toMinute: 720 },
  { fromMinute: 780, toMinute: 1020 },
]
const early = [{ fromMinute: 360, toMinute: 840 }]

/**
 * A plan with too few people: phases of fifty tasks, one to ten days each, two predecessors a task, one or two people
 * from one of two calendars (holidays among them), some at half time, a tenth of the tasks more urgent.
 */
export function crowdedPlan(taskCount: number, peopleCount: number, seed: number): Plan {
  const { below } = seededRandom(seed)
  const tasks: PlanTask[] = []
  const links: PlanLink[] = []
  const assignments: PlanAssignment[] = []
  for (let i = 0; i < taskCount; i++) {
    if (i % 50 === 0) tasks.push({ id: `phase ${i / 50}` })
    const id = `task ${i}`
    const durationMinutes = 480 * (1 + below(10))
    tasks.push({
      id,
      parent: `phase ${Math.floor(i / 50)}`,
      durationMinutes,
      priority: below(10) === 0 ? 700 : 500,
    })
    const before = new Set([i - 1 - below(60), i - 1 - below(200)].filter((k) => k >= 0))
    for (const k of before)
      links.push({ id: `link ${links.length}`, predecessor: `task ${k}`, successor: id, type: 'fs' })
    for (const who of new Set([below(peopleCount), ...(below(3) === 0 ? [below(peopleCount)] : [])])) {
      const units = below(4) === 0 ? 0.5 : 1
      const workMinutes = durationMinutes * units
      assignments.push({
        id: `use ${assignments.length}`,
        task: id,
        resource: `person ${who}`,
        units,
        workMinutes,
      })
    }
  }
  const week = (shifts: typeof office) => [[], shifts, shifts, shifts, shifts, shifts, []]
  const exceptions = [{ fromDay: 20_500, toDay: 20_504, shifts: [] }]
  return {
    project: { calendar: 'office', startMinute: MONDAY },
    calendars: [
      { id: 'office', week: week(office), exceptions },
      { id: 'early', week: week(early) },
    ],
    tasks,
    links,
    assignments,
    resources: Array.from({ length: peopleCount }, (_, k) => ({
      id: `person ${k}`,
      calendar: k % 5 === 0 ? 'early' : 'office',
    })),
  }
}
