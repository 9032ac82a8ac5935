import type { Refused } from '../plan.ts'
import { refuse } from './check.ts'

/**
 * The outline and the links as one graph. A leaf is one node; a summary task has two: its entry (node i), where limits
 * from its predecessors are handed down to its children, and its exit (node taskCount + i), where its children's dates
 * are known and its successors begin to depend on them.
 */
export type Graph = {
  readonly ids: readonly string[]
  readonly taskCount: number
  readonly parent: Int32Array
  readonly summary: Uint8Array
  readonly childStart: Int32Array
  readonly child: Int32Array
  readonly linkFrom: Int32Array
  readonly linkTo: Int32Array
  readonly inStart: Int32Array
  readonly inLink: Int32Array
  readonly outStart: Int32Array
  readonly outLink: Int32Array
}

/** Rows of items by owner: `items[start[k] .. start[k + 1]]`, in the order given (a compressed sparse row). */
export function rowsByOwner(owner: Int32Array, ownerCount: number): { start: Int32Array; item: Int32Array } {
  const start = new Int32Array(ownerCount + 1)
  for (let i = 0; i < owner.length; i++) {
    const o = owner[i] as number
    if (o >= 0) start[o + 1] = (start[o + 1] as number) + 1
  }
  for (let k = 0; k < ownerCount; k++) start[k + 1] = (start[k + 1] as number) + (start[k] as number)
  const next = start.slice()
  const item = new Int32Array(start[ownerCount] as number)
  for (let i = 0; i < owner.length; i++) {
    const o = owner[i] as number
    if (o < 0) continue
    item[next[o] as number] = i
    next[o] = (next[o] as number) + 1
  }
  return { start, item }
}

/** All nodes, each after everything it depends on (A. B. Kahn 1962), or a refusal that names the shortest cycle. */
export function topologicalOrder(graph: Graph): Int32Array | Refused {
  const { taskCount: n, parent, summary, childStart, inStart } = graph
  const waits = new Int32Array(2 * n)
  let nodeCount = n
  for (let i = 0; i < n; i++) {
    waits[i] = (inStart[i + 1] as number) - (inStart[i] as number) + ((parent[i] as number) >= 0 ? 1 : 0)
    if (summary[i]) {
      nodeCount++
      waits[n + i] = (childStart[i + 1] as number) - (childStart[i] as number)
    }
  }
  const order = new Int32Array(nodeCount)
  let tail = 0
  let head = 0
  const release = (node: number) => {
    const left = (waits[node] as number) - 1
    waits[node] = left === 0 ? -1 : left
    if (left === 0) order[tail++] = node
  }
  // What a task sets free comes right after it: neighbours in the plan stay neighbours in memory.
  for (let i = 0; i < n; i++) {
    if (waits[i] !== 0) continue
    waits[i] = -1
    order[tail++] = i
    for (; head < tail; head++) releaseAfter(graph, order[head] as number, release)
  }
  if (tail === nodeCount) return order
  const tasks = shortestCycle(graph, waits)
  return refuse('schedule.cycle', { tasks })
}

function releaseAfter(graph: Graph, node: number, release: (node: number) => void): void {
  const { taskCount: n, parent, summary, childStart, child, linkTo, outStart, outLink } = graph
  const i = node < n ? node : node - n
  if (node < n && summary[i]) {
    for (let k = childStart[i] as number; k < (childStart[i + 1] as number); k++) release(child[k] as number)
    return
  }
  for (let k = outStart[i] as number; k < (outStart[i + 1] as number); k++)
    release(linkTo[outLink[k] as number] as number)
  if ((parent[i] as number) >= 0) release(n + (parent[i] as number))
}

/** Looking on beyond this many edges only to name a shorter cycle is not worth the wait. */
const EDGE_BUDGET = 20_000_000

/**
 * The shortest way from a task back to itself among the nodes left over by the sort, by breadth-first search from each
 * of them, no deeper than the best found. Named by ids, the smallest first; a summary task stands once.
 */
function shortestCycle(graph: Graph, waits: Int32Array): string[] {
  const { taskCount: n, ids } = graph
  const left = (node: number) => (waits[node] as number) > 0
  const starts: number[] = []
  for (let i = 0; i < n; i++) if (left(i)) starts.push(i)
  let best: number[] = []
  let budget = EDGE_BUDGET
  const cameFrom = new Int32Array(2 * n).fill(-1)
  const depth = new Int32Array(2 * n)
  for (const start of starts) {
    const queue = [start]
    depth[start] = 0
    search: for (let head = 0; head < queue.length && budget > 0; head++) {
      const node = queue[head] as number
      if (best.length > 0 && (depth[node] as number) + 1 >= best.length) break
      for (const next of nodesAfter(graph, node)) {
        budget--
        if (next === start) {
          best = []
          for (let at = node; at >= 0; at = cameFrom[at] as number) best.unshift(at)
          break search
        }
        if (!left(next) || (cameFrom[next] as number) >= 0) continue
        cameFrom[next] = node
        depth[next] = (depth[node] as number) + 1
        queue.push(next)
      }
    }
    for (const node of queue) cameFrom[node] = -1
  }
  const tasks = best.map((node) => node % n).filter((task, k, all) => all.indexOf(task) === k)
  const names = tasks.map((task) => ids[task] as string)
  const first = names.indexOf(names.reduce((a, b) => (a < b ? a : b), names[0] ?? ''))
  return [...names.slice(first), ...names.slice(0, first)]
}

function nodesAfter(graph: Graph, node: number): number[] {
  const { taskCount: n, parent, summary, childStart, child, linkTo, outStart, outLink } = graph
  const i = node % n
  if (node < n && summary[i]) return [...child.subarray(childStart[i], childStart[i + 1])]
  const after = [...outLink.subarray(outStart[i], outStart[i + 1])].map((link) => linkTo[link] as number)
  if ((parent[i] as number) >= 0) after.push(n + (parent[i] as number))
  return after
}
