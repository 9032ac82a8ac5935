import { compileWorkingTime } from './calendar/calendar.ts'
import { intersect } from './calendar/compile.ts'
import { nextWorkingTenth, TENTHS_PER_DAY, tenthsBetween, type WorkingTime } from './calendar/working-time.ts'
import { limitOfLink } from './network/forward.ts'
import { CONSTRAINT, LINK, type Network, NONE, STATE } from './network/network.ts'
import type { Solution } from './network/solve.ts'
import type { Plan, PlanTask, Refused } from './plan.ts'
import { linkDriver } from './schedule.ts'
import { solvedOnce } from './solved-once.ts'

/** Something the plan cannot keep, or that has happened otherwise than planned; facts only, moments in minutes. */
export type Conflict =
  /** A hard constraint holds the task before its links allow; `link` is the one that would come last. */
  | {
      readonly kind: 'constraint'
      readonly task: string
      readonly predecessor: string
      readonly link: string
      readonly neededStartMinute: number
      readonly startMinute: number
    }
  /** A path without room: linked tasks that are later than they may be, in the order of their starts. */
  | {
      readonly kind: 'negativeSlack'
      readonly tasks: readonly string[]
      readonly totalSlackMinutes: number
      /** The tasks whose deadline, constraint or stated dates (also those of its successors) ask for too much. */
      readonly heldBy: readonly string[]
    }
  | {
      readonly kind: 'deadline'
      readonly task: string
      readonly deadlineMinute: number
      readonly finishMinute: number
    }
  /** A task with stated dates stands before what it waits for allows. */
  | {
      readonly kind: 'manual'
      readonly task: string
      readonly predecessor: string
      readonly link: string
      readonly linkType: 'fs' | 'ss' | 'ff' | 'sf'
      readonly neededMinute: number
      readonly minute: number
    }
  /** A task has begun (or ended) before what it waits for allows, and one of the two is not done yet. */
  | {
      readonly kind: 'outOfSequence'
      readonly task: string
      readonly predecessor: string
      readonly link: string
      readonly linkType: 'fs' | 'ss' | 'ff' | 'sf'
      readonly minute: number
    }
  /** A stated date or a milestone lies where nobody works, or with `resource` where that person does not. */
  | {
      readonly kind: 'nonWorking'
      readonly task: string
      readonly minute: number
      readonly resource?: string
      /** Working time of the task in which the person is off. */
      readonly offMinutes?: number
    }
  /** Summary tasks know only "not earlier than" starts and "not later than" finishes, and links to their start. */
  | { readonly kind: 'ignored'; readonly task: string; readonly link: string; readonly predecessor: string }
  | { readonly kind: 'ignored'; readonly task: string; readonly constraint: string }

/**
 * All conflicts of a plan in the order of its tasks, negative slack by path. Deadlines and constraints are judged as
 * `schedule` does in its warnings. Refuses what `schedule` refuses.
 */
export function conflictsOf(plan: Plan): readonly Conflict[] | Refused {
  const solution = solvedOnce(plan)
  if ('refused' in solution) return solution
  const { network } = solution
  const found: Conflict[] = []
  for (let i = 0; i < network.taskCount; i++) {
    if (network.state[i] === STATE.inactive) continue
    if (network.summary[i]) found.push(...ignoredOf(network, i))
    else found.push(...conflictsOfLeaf(solution, i))
  }
  return [...found, ...overduePaths(solution), ...personsOff(solution)]
}

function conflictsOfLeaf(solution: Solution, i: number): Conflict[] {
  const { network, dates } = solution
  const task = network.ids[i] as string
  const found: Conflict[] = []
  const start = dates.start[i] as number
  const finish = dates.finish[i] as number
  const overruled = dates.overruled[i] as number
  if (overruled > NONE && overruled > start) {
    const last = lastLink(solution, i)
    if (last !== undefined) {
      const { task: predecessor = '', link = '' } = linkDriver(network, last, 0)
      const needed = { neededStartMinute: overruled / 10, startMinute: start / 10 }
      found.push({ kind: 'constraint', task, predecessor, link, ...needed })
    }
  }
  const deadline = network.deadline[i] as number
  if (deadline > NONE && finish > deadline)
    found.push({ kind: 'deadline', task, deadlineMinute: deadline / 10, finishMinute: finish / 10 })
  found.push(...linkConflicts(solution, i))
  if (restsOnDayOff(network, i, start)) found.push({ kind: 'nonWorking', task, minute: start / 10 })
  return found
}

/** The link whose limit lies latest; the one named first among equals. */
function lastLink({ network, dates }: Solution, i: number): number | undefined {
  let last: number | undefined
  let latest = NONE
  for (let k = network.inStart[i] as number; k < (network.inStart[i + 1] as number); k++) {
    const link = network.inLink[k] as number
    const at = limitOfLink(network, dates, link)
    if (at <= latest) continue
    latest = at
    last = link
  }
  return last
}

function linkConflicts({ network, dates }: Solution, i: number): Conflict[] {
  const state = network.state[i]
  if (state === STATE.open) return []
  const found: Conflict[] = []
  for (let k = network.inStart[i] as number; k < (network.inStart[i + 1] as number); k++) {
    const link = network.inLink[k] as number
    const onStart = network.linkType[link] === LINK.fs || network.linkType[link] === LINK.ss
    // The rest of a started task is placed by the engine; only what has happened can contradict.
    if (state === STATE.started && !onStart) continue
    const at = limitOfLink(network, dates, link)
    const stands = (onStart ? dates.start[i] : dates.finish[i]) as number
    if (stands >= at) continue
    const before = network.state[network.linkFrom[link] as number]
    const { task: predecessor = '', link: id = '', linkType = 'fs' } = linkDriver(network, link, 0)
    const facts = { task: network.ids[i] as string, predecessor, link: id, linkType, minute: stands / 10 }
    if (state === STATE.stated) found.push({ kind: 'manual', ...facts, neededMinute: at / 10 })
    else if (state === STATE.started || before !== STATE.complete)
      found.push({ kind: 'outOfSequence', ...facts })
  }
  return found
}

/** Stated dates stand wherever they were put, and milestones at any moment. */
function restsOnDayOff(network: Network, i: number, start: number): boolean {
  const state = network.state[i]
  const calendar = network.ownCalendar[i] as WorkingTime
  const isMilestone = network.duration[i] === 0
  if (calendar.always || state === STATE.complete || state === STATE.started) return false
  const constraint = network.constraint[i] as number
  const isPut = state === STATE.stated || (isMilestone && constraint >= CONSTRAINT.snet)
  if (!isPut) return false
  if (!isMilestone) return nextWorkingTenth(calendar, start) !== start
  // A milestone may stand at any moment of a working day, in the evening too.
  const day = Math.floor(start / TENTHS_PER_DAY) * TENTHS_PER_DAY
  return tenthsBetween(calendar, day, day + TENTHS_PER_DAY) === 0
}

function ignoredOf(network: Network, i: number): Conflict[] {
  const task = network.ids[i] as string
  const kind = network.constraint[i] as number
  const found: Conflict[] = []
  if (kind > CONSTRAINT.alap && kind !== CONSTRAINT.snet && kind !== CONSTRAINT.fnlt)
    found.push({ kind: 'ignored', task, constraint: (network.plan.tasks[i] as PlanTask).constraint ?? '' })
  for (let k = network.inStart[i] as number; k < (network.inStart[i + 1] as number); k++) {
    const link = network.inLink[k] as number
    if (network.linkType[link] === LINK.fs || network.linkType[link] === LINK.ss) continue
    const { task: predecessor = '', link: id = '' } = linkDriver(network, link, 0)
    found.push({ kind: 'ignored', task, link: id, predecessor })
  }
  return found
}

/** Tasks below zero that are linked with one another make one path: whoever mends its end mends all of it. */
function overduePaths({ network, dates, slack }: Solution): Conflict[] {
  const isLate = (i: number) =>
    network.state[i] !== STATE.inactive && !network.summary[i] && (slack.total[i] as number) < 0
  const group = new Int32Array(network.taskCount).fill(-1)
  const paths: number[][] = []
  for (let i = 0; i < network.taskCount; i++) {
    if (group[i] !== -1 || !isLate(i)) continue
    const path: number[] = []
    const open = [i]
    group[i] = paths.length
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      path.push(at)
      for (const next of neighboursOf(network, at)) {
        if (group[next] !== -1 || !isLate(next)) continue
        group[next] = paths.length
        open.push(next)
      }
    }
    paths.push(path)
  }
  return paths.map((path) => {
    path.sort((a, b) => (dates.start[a] as number) - (dates.start[b] as number) || a - b)
    const least = path.reduce((worst, i) => Math.min(worst, slack.total[i] as number), 0)
    const idOf = (i: number) => network.ids[i] as string
    const own = path.filter((i) => asksTooMuch(network, dates, i))
    const after = path.flatMap((i) => [...successorsOf(network, i)])
    const stated = after.filter((i) => network.state[i] === STATE.stated && !own.includes(i))
    const heldBy = [...new Set([...own, ...stated])].map(idOf)
    return { kind: 'negativeSlack', tasks: path.map(idOf), totalSlackMinutes: least / 10, heldBy }
  })
}

function* neighboursOf(network: Network, i: number): Generator<number> {
  for (let k = network.inStart[i] as number; k < (network.inStart[i + 1] as number); k++)
    yield network.linkFrom[network.inLink[k] as number] as number
  yield* successorsOf(network, i)
}

function* successorsOf(network: Network, i: number): Generator<number> {
  for (let k = network.outStart[i] as number; k < (network.outStart[i + 1] as number); k++)
    yield network.linkTo[network.outLink[k] as number] as number
}

function asksTooMuch(network: Network, dates: Solution['dates'], i: number): boolean {
  const deadline = network.deadline[i] as number
  if (deadline > NONE && (dates.finish[i] as number) > deadline) return true
  const kind = network.constraint[i] as number
  return kind === CONSTRAINT.snlt || kind === CONSTRAINT.fnlt || kind >= CONSTRAINT.mso
}

/** Tasks that ignore the calendars of their people, while one of these people is off. */
function personsOff({ network, dates }: Solution): Conflict[] {
  const { plan } = network
  const deaf = plan.assignments.filter((assignment, k) => {
    const i = network.assignmentTask[k] as number
    const { ignoreResourceCalendar, calendar, durationElapsed } = plan.tasks[i] as PlanTask
    const open = network.state[i] === STATE.open || network.state[i] === STATE.started
    return open && ignoreResourceCalendar && calendar && !durationElapsed && assignment.resource !== null
  })
  if (deaf.length === 0) return []
  const calendars = compileWorkingTime(plan.calendars, 2026)
  if ('refused' in calendars) return []
  const found: Conflict[] = []
  for (const { task, resource } of deaf) {
    const i = network.index.get(task) as number
    const person = plan.resources.find(({ id }) => id === resource)
    const own = calendars.byId.get((plan.tasks[i] as PlanTask).calendar ?? '')
    const people = calendars.byId.get(person?.calendar ?? plan.project.calendar)
    if (!person || (person.type ?? 'work') !== 'work' || !own || !people || own === people) continue
    const from = Math.max(dates.start[i] as number, dates.resumed[i] as number)
    const to = dates.finish[i] as number
    const off = tenthsBetween(own, from, to) - tenthsBetween(intersect(own, people), from, to)
    if (off > 0)
      found.push({ kind: 'nonWorking', task, minute: from / 10, resource: person.id, offMinutes: off / 10 })
  }
  return found
}
