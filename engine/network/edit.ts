import type { Plan, PlanAssignment, PlanLink, PlanTask } from '../plan.ts'
import { type PlanEdit, placeOfId } from '../plan-edit.ts'
import { faultOfAssignment, faultOfLink, faultOfTask, setLag } from './check.ts'
import { BIND, type Dates } from './forward.ts'
import { isAbove, LINK, type Network, STATE, setState, tenths } from './network.ts'
import { rowsByOwner } from './order.ts'
import { setTime } from './times.ts'

/** A network while it is edited; everything else about it stays. */
export type Editable = { -readonly [K in keyof Network]: Network[K] }

/** What the edits so far have touched: tasks by place, and the ends of links that came, went or changed. */
export type EditedPlaces = {
  readonly tasks: Set<number>
  readonly from: Set<number>
  readonly to: Set<number>
}

/**
 * Brings a network, and its plan, up to one edit. False when only the whole calculation can tell: tasks that come, go,
 * move in the outline or are made inactive, links of inactive tasks, and everything that would be refused.
 */
export function applyEdit(network: Editable, dates: Dates, edit: PlanEdit, edited: EditedPlaces): boolean {
  if (edit.kind === 'task') return editTask(network, edit.task, edited)
  if (edit.kind === 'link') return editLink(network, edit.link, edited)
  if (edit.kind === 'unlink') return removeLink(network, dates, edit.link, edited)
  if (edit.kind === 'assignment') return editAssignment(network, edit.assignment, edited)
  if (edit.kind === 'unassign') return removeAssignment(network, edit.assignment, edited)
  return false
}

function editTask(network: Editable, task: PlanTask, edited: EditedPlaces): boolean {
  const i = network.index.get(task.id)
  const { plan } = network
  const before = i === undefined ? undefined : plan.tasks[i]
  if (i === undefined || !before) return false
  if ((task.parent || null) !== (before.parent || null)) return false
  if ((task.active === false) !== (before.active === false)) return false
  if (faultOfTask(task)) return false
  network.plan = { ...plan, tasks: plan.tasks.with(i, task) }
  return restate(network, i, edited)
}

/** The task's row anew: its calendars, what its people need, its own limits. */
function restate(network: Editable, i: number, edited: EditedPlaces): boolean {
  edited.tasks.add(i)
  const { plan, calendars, summary } = network
  if (setTime(network, plan, calendars, i)) return false
  const unsaid = (network.longest[i] as number) || tenths(plan.project.minutesPerDay ?? 480)
  setState(network, i, plan.tasks[i] as PlanTask, summary[i] === 1, unsaid)
  return true
}

function editLink(network: Editable, link: PlanLink, edited: EditedPlaces): boolean {
  const { plan, index, state, summary, parent } = network
  const from = index.get(link.predecessor) ?? -1
  const to = index.get(link.successor) ?? -1
  if (network.linkPlace.length !== plan.links.length || faultOfLink(link, from, to)) return false
  if (state[from] === STATE.inactive || state[to] === STATE.inactive) return false
  if ((summary[from] && isAbove(parent, from, to)) || (summary[to] && isAbove(parent, to, from))) return false
  const known = placeOfId(plan.links, link.id)
  const place = known < 0 ? plan.links.length : known
  if (isLinkedAlready(network, from, to, LINK[link.type], place)) return false
  if (known < 0) addLinkRow(network)
  else {
    edited.from.add(network.linkFrom[place] as number)
    edited.to.add(network.linkTo[place] as number)
  }
  network.plan = { ...plan, links: known < 0 ? [...plan.links, link] : plan.links.with(place, link) }
  const isMoved = network.linkFrom[place] !== from || network.linkTo[place] !== to
  network.linkFrom[place] = from
  network.linkTo[place] = to
  network.linkType[place] = LINK[link.type]
  setLag(network, place, link.lag)
  if (isMoved) linkRows(network)
  edited.from.add(from)
  edited.to.add(to)
  return true
}

function isLinkedAlready(network: Network, from: number, to: number, type: number, except: number): boolean {
  const { outStart, outLink, linkTo, linkType } = network
  for (let k = outStart[from] as number; k < (outStart[from + 1] as number); k++) {
    const link = outLink[k] as number
    if (link !== except && linkTo[link] === to && linkType[link] === type) return true
  }
  return false
}

function removeLink(network: Editable, dates: Dates, id: string, edited: EditedPlaces): boolean {
  const { plan } = network
  if (network.linkPlace.length !== plan.links.length) return false
  const place = placeOfId(plan.links, id)
  if (place < 0) return true
  edited.from.add(network.linkFrom[place] as number)
  edited.to.add(network.linkTo[place] as number)
  network.plan = { ...plan, links: plan.links.toSpliced(place, 1) }
  network.linkFrom = without(network.linkFrom, place)
  network.linkTo = without(network.linkTo, place)
  network.linkType = without(network.linkType, place)
  network.lagKind = without(network.lagKind, place)
  network.lag = without(network.lag, place)
  // Links stand where the plan has them, so the last place is the one too many.
  network.linkPlace = network.linkPlace.slice(0, -1)
  linkRows(network)
  for (let i = 0; i < network.taskCount; i++)
    if (dates.bind[i] === BIND.link && (dates.bindRef[i] as number) > place)
      dates.bindRef[i] = (dates.bindRef[i] as number) - 1
  return true
}

type Row = Int32Array | Uint8Array | Float64Array

function without<R extends Row>(row: R, place: number): R {
  const made = row.slice(0, -1) as R
  made.set(row.subarray(place + 1), place)
  return made
}

function addLinkRow(network: Editable): void {
  const count = network.linkPlace.length
  const longer = <R extends Row>(row: R, made: R): R => {
    made.set(row)
    return made
  }
  network.linkFrom = longer(network.linkFrom, new Int32Array(count + 1).fill(-1, count))
  network.linkTo = longer(network.linkTo, new Int32Array(count + 1).fill(-1, count))
  network.linkType = longer(network.linkType, new Uint8Array(count + 1))
  network.lagKind = longer(network.lagKind, new Uint8Array(count + 1))
  network.lag = longer(network.lag, new Float64Array(count + 1))
  network.linkPlace = longer(network.linkPlace, new Int32Array(count + 1).fill(count, count))
}

function linkRows(network: Editable): void {
  const incoming = rowsByOwner(network.linkTo, network.taskCount)
  const outgoing = rowsByOwner(network.linkFrom, network.taskCount)
  network.inStart = incoming.start
  network.inLink = incoming.item
  network.outStart = outgoing.start
  network.outLink = outgoing.item
}

function editAssignment(network: Editable, assignment: PlanAssignment, edited: EditedPlaces): boolean {
  const { plan, index } = network
  const i = index.get(assignment.task) ?? -1
  if (faultOfAssignment(assignment, i, hasResource(plan))) return false
  const place = placeOfId(plan.assignments, assignment.id)
  const before = place < 0 ? -1 : (network.assignmentTask[place] as number)
  network.plan = {
    ...plan,
    assignments: place < 0 ? [...plan.assignments, assignment] : plan.assignments.with(place, assignment),
  }
  if (i !== before) assignmentRows(network)
  return restate(network, i, edited) && (before < 0 || before === i || restate(network, before, edited))
}

function hasResource(plan: Plan): { has(id: string): boolean } {
  return { has: (id) => placeOfId(plan.resources, id) >= 0 }
}

function removeAssignment(network: Editable, id: string, edited: EditedPlaces): boolean {
  const { plan } = network
  const place = placeOfId(plan.assignments, id)
  if (place < 0) return true
  const i = network.assignmentTask[place] as number
  network.plan = { ...plan, assignments: plan.assignments.toSpliced(place, 1) }
  assignmentRows(network)
  return restate(network, i, edited)
}

function assignmentRows(network: Editable): void {
  const { plan, index, taskCount } = network
  network.assignmentTask = Int32Array.from(plan.assignments, ({ task }) => index.get(task) ?? -1)
  network.assigned = rowsByOwner(network.assignmentTask, taskCount)
}
