import { placeNodeLate } from './backward.ts'
import { placeNode } from './forward.ts'
import { type Marks, mark, visitMarked } from './marks.ts'
import { type Network, STATE, tenths } from './network.ts'
import { setSlack } from './slack.ts'
import { ceiling, firstStart, lastFinish, type Solution } from './solve.ts'

/**
 * What has to be calculated again after an edit. `forward` and `backward` hold nodes of the network in the order of
 * their pass, `slack` and `results` tasks in the order of the plan.
 */
export type Touched = {
  readonly forward: Marks
  readonly backward: Marks
  readonly slack: Marks
  readonly results: Marks
}

/**
 * Both passes and the slack again, from what is touched on and only as far as values change; the answer has the same
 * arrays, brought up to date. For plans scheduled from the start without tasks as late as possible.
 */
export function solveTouched(solution: Solution, touched: Touched): Solution {
  const { network, dates, slack } = solution
  const floor = tenths(network.plan.project.startMinute)
  passForward(solution, touched, floor)
  const finish = lastFinish(network, dates.finish, floor)
  if (finish !== solution.finish) touchBelowCeiling(solution, touched, Math.min(finish, solution.finish))
  passBackward(solution, touched, ceiling(network, dates, finish))
  visitMarked(touched.slack, (i) => {
    setSlack(network, dates, slack, i)
    mark(touched.results, i)
  })
  return { network, dates, slack, start: firstStart(network, dates.start, floor), finish }
}

function passForward({ network, dates }: Solution, touched: Touched, floor: number): void {
  const { taskCount: n, summary } = network
  visitMarked(touched.forward, (node) => {
    const i = node < n ? node : node - n
    mark(touched.slack, i)
    if (node < n && summary[i]) {
      const handed = dates.handedStart[i]
      placeNode(network, dates, node, floor)
      if (dates.handedStart[i] !== handed) touchChildren(network, touched.forward, i, 0)
      return
    }
    const earlyStart = dates.earlyStart[i]
    const earlyFinish = dates.earlyFinish[i]
    const start = dates.start[i]
    const finish = dates.finish[i]
    const resumed = dates.resumed[i]
    placeNode(network, dates, node, floor)
    const stays =
      dates.earlyStart[i] === earlyStart &&
      dates.earlyFinish[i] === earlyFinish &&
      dates.start[i] === start &&
      dates.finish[i] === finish &&
      dates.resumed[i] === resumed
    if (stays) return
    touchAfter(network, touched.forward, i)
    touchLate(network, touched, i)
  })
}

/** Whoever waits for this task, and the summary task above it. */
export function touchAfter(network: Network, forward: Marks, i: number): void {
  const { taskCount: n, parent, linkTo, outStart, outLink } = network
  for (let k = outStart[i] as number; k < (outStart[i + 1] as number); k++)
    mark(forward, linkTo[outLink[k] as number] as number)
  const above = parent[i] as number
  if (above >= 0) mark(forward, n + above)
}

/** A task whose own dates have moved: its late dates, and the slack of those before it. */
function touchLate(network: Network, touched: Touched, i: number): void {
  const { taskCount: n, summary, linkFrom, inStart, inLink } = network
  mark(touched.backward, i)
  if (summary[i]) mark(touched.backward, n + i)
  for (let k = inStart[i] as number; k < (inStart[i + 1] as number); k++)
    mark(touched.slack, linkFrom[inLink[k] as number] as number)
  // The rest of a task under way presses its predecessors where it goes on.
  if (network.state[i] === STATE.started) touchBefore(network, touched.backward, i)
}

/** Whoever this task waits for. */
export function touchBefore(network: Network, backward: Marks, i: number): void {
  const { taskCount: n, summary, linkFrom, inStart, inLink } = network
  for (let k = inStart[i] as number; k < (inStart[i + 1] as number); k++) {
    const from = linkFrom[inLink[k] as number] as number
    mark(backward, summary[from] ? n + from : from)
  }
}

/** A summary task's limits reach its children: the leaves themselves, and the near node of those that are summaries. */
function touchChildren(network: Network, marks: Marks, i: number, summaryNode: number): void {
  const { summary, child, childStart } = network
  for (let k = childStart[i] as number; k < (childStart[i + 1] as number); k++) {
    const c = child[k] as number
    mark(marks, summary[c] ? c + summaryNode : c)
  }
}

/**
 * When the end of the project moves, it moves those it had held, or holds now: whoever's late limit lies before both
 * ends is held by something else.
 */
function touchBelowCeiling({ network, dates }: Solution, touched: Touched, nearerEnd: number): void {
  for (let i = 0; i < network.taskCount; i++)
    if (!network.summary[i] && ((dates.lateLimit[i] as number) >= nearerEnd || network.spans[i]))
      mark(touched.backward, i)
}

function passBackward(
  { network, dates }: Solution,
  touched: Touched,
  ceilingOf: (task: number) => number,
): void {
  const { taskCount: n, parent } = network
  visitMarked(touched.backward, (node) => {
    if (node >= n) {
      const handed = dates.handedFinish[node - n]
      placeNodeLate(network, dates, node, ceilingOf)
      if (dates.handedFinish[node - n] !== handed) touchChildren(network, touched.backward, node - n, n)
      return
    }
    mark(touched.slack, node)
    const lateStart = dates.lateStart[node]
    const lateFinish = dates.lateFinish[node]
    const lateLimit = dates.lateLimit[node]
    placeNodeLate(network, dates, node, ceilingOf)
    const stays =
      dates.lateStart[node] === lateStart &&
      dates.lateFinish[node] === lateFinish &&
      dates.lateLimit[node] === lateLimit
    if (stays) return
    touchBefore(network, touched.backward, node)
    const above = parent[node] as number
    if (above >= 0) mark(touched.backward, above)
  })
}
