import { findSummaries, readOutline } from '../mspdi/outline.ts'
import { changed, type ReadContext } from '../mspdi/read-context.ts'
import type { PlanTask } from '../plan-file.ts'
import { restingTask } from '../resting.ts'
import { idOf } from './row-values.ts'
import { cell, type XerRow } from './tables.ts'
import { rowsOf, type XerDraft } from './xer-draft.ts'

type WbsNode = { uid: number; id: string; row: XerRow; name: string; code: string; order: number }

/**
 * Puts the activities below the nodes of the work breakdown structure, which become summary tasks: of each node first
 * its activities in the file's order, then the nodes below it by their sequence. The project's own node is the plan
 * itself. A node without an activity anywhere below is kept inactive.
 */
export function readWbs(
  draft: XerDraft,
  activities: readonly { task: PlanTask; wbs: string }[],
  taken: ReadonlySet<number>,
): PlanTask[] {
  const { root, nodes } = nodesOf(draft, taken)
  const childrenOf = placeNodes(nodes, root, draft.context)
  const tasksOf = new Map<string, PlanTask[]>()
  for (const { task, wbs } of activities) {
    const place = nodes.has(wbs) ? wbs : ''
    if (place === '' && wbs !== root)
      changed(
        draft.context,
        placeOf(task),
        `WBS node ${wbs || 'none'} is not in the file; it stands at the top`,
      )
    const placed = tasksOf.get(place)
    if (placed) placed.push(task)
    else tasksOf.set(place, [task])
  }
  const tasks = outlined(childrenOf, tasksOf)
  readOutline(tasks)
  settleSummaries(tasks, new Set([...nodes.values()].map(({ uid }) => uid)), draft.context)
  return tasks
}

const placeOf = ({ uid, name }: PlanTask) => ({ kind: 'task' as const, uid, name })

function nodesOf({ tables, projectId, context, freeUid }: XerDraft, taken: ReadonlySet<number>) {
  const nodes = new Map<string, WbsNode>()
  let root = ''
  let renumbered = 0
  for (const row of rowsOf(tables, 'PROJWBS')) {
    if (cell(row, 'proj_id') !== projectId) continue
    const name = cell(row, 'wbs_name').slice(0, context.limits.nameLength)
    const own = idOf(row, 'wbs_id', { kind: 'task', name }, context)
    if (own === undefined) continue
    const id = String(own)
    if (cell(row, 'proj_node_flag') === 'Y' && root === '') {
      root = id
      continue
    }
    if (nodes.has(id)) {
      context.offenders.push({ code: 'file.duplicateUid', kind: 'task', uid: own, name, line: row.line })
      continue
    }
    if (taken.has(own)) renumbered += 1
    const uid = taken.has(own) ? freeUid() : own
    const order = Number(cell(row, 'seq_num')) || 0
    nodes.set(id, { uid, id, row, name, code: cell(row, 'wbs_short_name'), order })
  }
  if (renumbered > 0)
    changed(context, { kind: 'task' }, `${renumbered} WBS nodes get new numbers: activities have theirs`)
  return { root, nodes }
}

/** The nodes below each node, '' for the top. Nodes that would stand below themselves go to the top. */
function placeNodes(nodes: ReadonlyMap<string, WbsNode>, root: string, context: ReadContext) {
  const above = new Map<string, string>()
  for (const { id, row } of nodes.values()) {
    const parent = String(Number(cell(row, 'parent_wbs_id')))
    above.set(id, nodes.has(parent) ? parent : '')
    if (above.get(id) === '' && root !== '' && parent !== root)
      changed(
        context,
        { kind: 'task', name: cell(row, 'wbs_name') },
        'its WBS node is not in the file; it stands at the top',
        row.line,
      )
  }
  const sound = new Set([''])
  for (const { id, row, name } of nodes.values()) {
    const path = new Set<string>()
    let at = id
    while (!sound.has(at) && !path.has(at)) {
      path.add(at)
      at = above.get(at) ?? ''
    }
    if (path.has(at)) {
      above.set(at, '')
      changed(
        context,
        { kind: 'task', name },
        'WBS nodes stand below each other in a circle; it is opened',
        row.line,
      )
    }
    for (const each of path) sound.add(each)
  }
  const childrenOf = new Map<string, WbsNode[]>()
  for (const node of [...nodes.values()].sort((a, b) => a.order - b.order)) {
    const parent = above.get(node.id) ?? ''
    const siblings = childrenOf.get(parent)
    if (siblings) siblings.push(node)
    else childrenOf.set(parent, [node])
  }
  return childrenOf
}

function outlined(
  childrenOf: ReadonlyMap<string, readonly WbsNode[]>,
  tasksOf: ReadonlyMap<string, readonly PlanTask[]>,
): PlanTask[] {
  const tasks: PlanTask[] = []
  const open: { node: WbsNode | undefined; level: number }[] = [{ node: undefined, level: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, level } = next
    if (node) {
      const wbs = node.code === '' ? {} : { wbs: node.code }
      tasks.push({
        ...restingTask,
        ...wbs,
        uid: node.uid,
        name: node.name,
        outlineLevel: level,
        durationMinutes: 0,
      })
    }
    for (const task of tasksOf.get(node?.id ?? '') ?? []) {
      task.outlineLevel = level + 1
      tasks.push(task)
    }
    for (const child of [...(childrenOf.get(node?.id ?? '') ?? [])].reverse())
      open.push({ node: child, level: level + 1 })
  }
  return tasks
}

/** A node with activities below rolls them up; one without would count as work that nobody planned. */
function settleSummaries(tasks: PlanTask[], nodes: ReadonlySet<number>, context: ReadContext): void {
  const summaries = findSummaries(tasks)
  const filled = new Set<number>()
  const parents = new Map(tasks.map(({ uid, parentUid }) => [uid, parentUid]))
  for (const { uid } of tasks) {
    if (nodes.has(uid)) continue
    for (let at = parents.get(uid); at !== undefined && !filled.has(at); at = parents.get(at)) filled.add(at)
  }
  for (const [index, task] of tasks.entries()) {
    task.id = index + 1
    task.summary = summaries.has(task.uid)
    if (!nodes.has(task.uid)) continue
    task.durationMinutes = null
    if (filled.has(task.uid)) continue
    task.active = false
    task.durationMinutes = 0
    changed(context, placeOf(task), 'a WBS node without activities; kept as an inactive task')
  }
}
