import { BeyondCalendar, tenthsBetween, type WorkingTime } from '../calendar/working-time.ts'
import { backwardPass } from '../network/backward.ts'
import { BIND, type Dates, limitOfLink, newDates, placeNode } from '../network/forward.ts'
import { compileNetwork, LINK, type Network, NONE, STATE } from '../network/network.ts'
import { startBefore, startFrom } from '../network/placing.ts'
import { type Slack, slackOf } from '../network/slack.ts'
import type { Plan, Refused } from '../plan.ts'
import { HAND_OVER, type HandOver, handOvers, withHandOvers, withoutDelay } from './plan-hand-over.ts'
import { type LevelState, levelStateOf, type ProjectState } from './plan-state.ts'
import { type LevelRefused, refuse } from './problem.ts'

/** What holds a task's date when people are counted in. */
export type ResourceCriticalTask = {
  readonly id: string
  readonly lateStartMinute: number
  readonly lateFinishMinute: number
  /** Working minutes the task may slip before the finish does, people's other tasks counted in. */
  readonly slackMinutes: number
  /** The same by links and dates alone; never less. */
  readonly logicSlackMinutes: number
  readonly critical: boolean
  /** Whom it waits for. */
  readonly waitsFor?: ResourceWait
}

export type ResourceWait = {
  readonly resource: string
  /** Who has the resource until then. */
  readonly task: string
  readonly freeAtMinute: number
  /** Where it could begin if only links and dates counted, and how much sooner that is, in working minutes. */
  readonly couldStartMinute: number
  readonly soonerMinutes: number
}

export type ResourceCritical = {
  readonly finishMinute: number
  readonly tasks: readonly ResourceCriticalTask[]
  /** From its first task to the last one finished: what sets the finish, each step by a link or by a person. */
  readonly chain: readonly ChainStep[]
  /** The plan with its delays dropped and people's ways from task to task as links. */
  readonly plan: Plan
}

export type ChainStep = {
  readonly task: string
  /** Whose hand-over leads here; without: a link, a date, or the start of the project. */
  readonly resource?: string
}

/**
 * Slack and the critical path with people counted in, of a plan as it stands (levelled or not): the way of each person
 * from task to task is a link, levelling delays count as waiting, and the backward pass runs over both from the dates
 * as they are. Of over-allocated people only what there is of them is handed over.
 */
export function resourceCritical(plan: Plan): ResourceCritical | Refused | LevelRefused {
  try {
    const state = levelStateOf([{ plan }], {
      splitting: false,
      order: 'plan',
      from: Number.NEGATIVE_INFINITY,
      to: Number.POSITIVE_INFINITY,
    })
    if ('refused' in state) return state
    return criticalOf(plan, state, state.projects[0] as ProjectState)
  } catch (error) {
    if (!(error instanceof BeyondCalendar)) throw error
    return refuse('level.beyondCalendar', { calendar: error.calendar })
  }
}

function criticalOf(
  plan: Plan,
  state: LevelState,
  project: ProjectState,
): ResourceCritical | Refused | LevelRefused {
  const { dates, finish } = project.given
  const logic = compileNetwork({ ...plan, tasks: plan.tasks.map(withoutDelay) })
  if ('refused' in logic) return logic
  const free = startsByLogic(logic, dates, project.floor)
  const waits = (i: number) => (dates.start[i] as number) > (free[i] as number)
  const given = handOvers(state, project, dates, waits)
  const both = withoutCircles(plan, project, given)
  if ('refused' in both) return both
  const byLogic = lateFrom(logic, dates, finish)
  const byBoth = lateFrom(both.network, dates, finish)
  const limit = Math.round((plan.project.criticalSlackLimitMinutes ?? 0) * 10)
  const critical = (i: number) =>
    !byBoth.slack.finished[i] &&
    logic.state[i] !== STATE.inactive &&
    (byBoth.slack.total[i] as number) <= limit
  return {
    finishMinute: finish / 10,
    plan: both.plan,
    tasks: plan.tasks.map(({ id }, i): ResourceCriticalTask => {
      const wait = waits(i) ? waitOf(logic, dates, free[i] as number, i, both.kept) : undefined
      return {
        id,
        lateStartMinute: (byBoth.dates.lateStart[i] as number) / 10,
        lateFinishMinute: (byBoth.dates.lateFinish[i] as number) / 10,
        slackMinutes: (byBoth.slack.total[i] as number) / 10,
        logicSlackMinutes: (byLogic.slack.total[i] as number) / 10,
        critical: critical(i),
        ...(wait ? { waitsFor: wait } : {}),
      }
    }),
    chain: chainOf(both.network, dates, finish, byBoth.slack, both.kept),
  }
}

/** Where each task could begin if only links and dates counted, the others being where they are. */
function startsByLogic(network: Network, given: Dates, floor: number): Float64Array {
  const starts = given.start.slice()
  const dates = copied(given)
  for (let i = 0; i < network.taskCount; i++) {
    if (network.summary[i] || network.state[i] !== STATE.open || given.bind[i] === BIND.alap) continue
    placeNode(network, dates, i, floor)
    starts[i] = Math.min(given.start[i] as number, dates.start[i] as number)
    dates.start[i] = given.start[i] as number
    dates.finish[i] = given.finish[i] as number
  }
  return starts
}

/** The same dates, to be written into. */
function copied(given: Dates): Dates {
  const dates = newDates(given.start.length)
  for (const name of Object.keys(dates) as (keyof Dates)[]) dates[name].set(given[name])
  return dates
}

/** Leads can let work go back in time; then a person's way may close a circle with the links, and gives way. */
function withoutCircles(
  plan: Plan,
  project: ProjectState,
  given: readonly HandOver[],
): { plan: Plan; network: Network; kept: readonly HandOver[] } | Refused {
  let kept = given
  for (;;) {
    const augmented = withHandOvers(plan, project, project.given.dates, kept)
    const network = compileNetwork(augmented)
    if (!('refused' in network)) return { plan: augmented, network, kept }
    const circle = network.refused.code === 'schedule.cycle' ? network.refused.facts.tasks : undefined
    if (!Array.isArray(circle)) return network
    const inCircle = new Set<unknown>(circle)
    const { ids } = project.network
    const rest = kept.filter(({ from, to }) => !(inCircle.has(ids[from]) && inCircle.has(ids[to])))
    // A circle through summary tasks names none of them: then all go.
    kept = rest.length < kept.length ? rest : []
  }
}

function lateFrom(network: Network, given: Dates, finish: number): { dates: Dates; slack: Slack } {
  const dates = copied(given)
  backwardPass(network, dates, () => finish)
  return { dates, slack: slackOf(network, dates) }
}

/** The person whose last task ends just where this one begins. */
function waitOf(
  network: Network,
  dates: Dates,
  couldStart: number,
  i: number,
  given: readonly HandOver[],
): ResourceWait | undefined {
  const start = dates.start[i] as number
  const last = given
    .filter(({ to, freeAt }) => to === i && freeAt > couldStart && startFrom(network, i, freeAt) >= start)
    .sort((a, b) => b.freeAt - a.freeAt)[0]
  if (!last) return undefined
  const calendar = network.ownCalendar[i] as WorkingTime
  return {
    resource: last.resource,
    task: network.ids[last.from] as string,
    freeAtMinute: last.freeAt / 10,
    couldStartMinute: couldStart / 10,
    soonerMinutes: tenthsBetween(calendar, couldStart, start) / 10,
  }
}

/** Back from the task that finishes last, step by step to what set its start, with the least slack first. */
function chainOf(
  network: Network,
  dates: Dates,
  finish: number,
  slack: Slack,
  given: readonly HandOver[],
): ChainStep[] {
  let at = -1
  for (let i = 0; i < network.taskCount; i++)
    if (!network.summary[i] && network.state[i] !== STATE.inactive && dates.finish[i] === finish)
      if (at < 0 || (slack.total[i] as number) < (slack.total[at] as number)) at = i
  const steps: ChainStep[] = []
  const seen = new Set<number>()
  while (at >= 0 && !seen.has(at)) {
    seen.add(at)
    const before = tightBefore(network, dates, at, slack)
    const id = before && network.plan.links[network.linkPlace[before.link] as number]?.id
    const number = id?.startsWith(HAND_OVER) ? Number(id.slice(HAND_OVER.length)) : -1
    const resource = given[number]?.resource
    steps.push({ task: network.ids[at] as string, ...(resource ? { resource } : {}) })
    at = before?.task ?? -1
  }
  return steps.reverse()
}

/** The predecessor whose limit is where the task begins; a summary task stands for its child. */
function tightBefore(
  network: Network,
  dates: Dates,
  i: number,
  slack: Slack,
): { task: number; link: number } | undefined {
  if (network.state[i] !== STATE.open) return undefined
  let best: { task: number; link: number } | undefined
  for (let at = i; at >= 0; at = network.parent[at] as number)
    for (let k = network.inStart[at] as number; k < (network.inStart[at + 1] as number); k++) {
      const link = network.inLink[k] as number
      const type = network.linkType[link]
      const onStart = type === LINK.fs || type === LINK.ss
      if (!onStart && at !== i) continue
      const limit = limitOfLink(network, dates, link)
      const start = startFrom(network, i, onStart ? limit : startBefore(network, i, limit))
      if (start < (dates.start[i] as number)) continue
      const task = childAt(network, dates, network.linkFrom[link] as number, type)
      if (!best || (slack.total[task] as number) < (slack.total[best.task] as number)) best = { task, link }
    }
  return best
}

/** The leaf below a summary task that its link speaks of: the last to finish, or the first to start. */
function childAt(network: Network, dates: Dates, task: number, type: number | undefined): number {
  let at = task
  const byFinish = type === LINK.fs || type === LINK.ff
  while (network.summary[at]) {
    let next = -1
    for (let k = network.childStart[at] as number; k < (network.childStart[at + 1] as number); k++) {
      const child = network.child[k] as number
      if (network.state[child] === STATE.inactive) continue
      const better = byFinish
        ? (dates.finish[child] as number) > (next < 0 ? NONE : (dates.finish[next] as number))
        : next < 0 || (dates.start[child] as number) < (dates.start[next] as number)
      if (better) next = child
    }
    if (next < 0) break
    at = next
  }
  return at
}
