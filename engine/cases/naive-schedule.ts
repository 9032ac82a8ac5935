import type { PlanLink, PlanTask } from '../plan.ts'

export type NaiveTask = {
  id: string
  earlyStartMinute: number
  earlyFinishMinute: number
  lateStartMinute: number
  lateFinishMinute: number
  totalSlackMinutes: number
  freeSlackMinutes: number
}

/**
 * A second, plain calculation to check the engine by: no calendars, tasks in an order in which links run forward,
 * numbers of minutes, both passes as in the textbook.
 */
export function naiveSchedule(
  tasks: readonly PlanTask[],
  links: readonly PlanLink[],
  startMinute: number,
): Map<string, NaiveTask> {
  const early = new Map<string, { start: number; finish: number }>()
  const length = (task: PlanTask) => task.durationMinutes ?? 0
  const lag = (link: PlanLink) => (link.lag && 'minutes' in link.lag ? link.lag.minutes : 0)
  for (const task of tasks) {
    const starts: number[] = []
    const finishes: number[] = []
    for (const link of links.filter((l) => l.successor === task.id)) {
      const before = early.get(link.predecessor) as { start: number; finish: number }
      const from = link.type === 'fs' || link.type === 'ff' ? before.finish : before.start
      if (link.type === 'fs' || link.type === 'ss') starts.push(from + lag(link))
      else finishes.push(from + lag(link) - length(task))
    }
    // Only a task nobody's finish or start lets begin is held by the start of the project.
    const start = Math.max(...(starts.length > 0 ? starts : [startMinute]), ...finishes)
    early.set(task.id, { start, finish: start + length(task) })
  }
  const end = Math.max(...[...early.values()].map((dates) => dates.finish))
  const late = new Map<string, { start: number; finish: number }>()
  for (const task of [...tasks].reverse()) {
    let finish = end
    for (const link of links.filter((l) => l.predecessor === task.id)) {
      const after = late.get(link.successor) as { start: number; finish: number }
      const to = (link.type === 'fs' || link.type === 'ss' ? after.start : after.finish) - lag(link)
      finish = Math.min(finish, link.type === 'fs' || link.type === 'ff' ? to : to + length(task))
    }
    late.set(task.id, { start: finish - length(task), finish })
  }
  return new Map(
    tasks.map((task) => {
      const mine = early.get(task.id) as { start: number; finish: number }
      const last = late.get(task.id) as { start: number; finish: number }
      const gaps = links
        .filter((l) => l.predecessor === task.id)
        .map((link) => {
          const after = early.get(link.successor) as { start: number; finish: number }
          const to = link.type === 'fs' || link.type === 'ss' ? after.start : after.finish
          return to - lag(link) - (link.type === 'fs' || link.type === 'ff' ? mine.finish : mine.start)
        })
      const total = last.start - mine.start
      return [
        task.id,
        {
          id: task.id,
          earlyStartMinute: mine.start,
          earlyFinishMinute: mine.finish,
          lateStartMinute: last.start,
          lateFinishMinute: last.finish,
          totalSlackMinutes: total,
          freeSlackMinutes: Math.max(0, Math.min(total, ...gaps)),
        },
      ]
    }),
  )
}
