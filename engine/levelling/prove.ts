import { type AtomHeap, newAtomHeap } from './clause-heap.ts'
import {
  addClause,
  boundOf,
  type Clauses,
  forgetClauses,
  literalOf,
  newClauses,
  propagateClauses,
  sideOf,
} from './clauses.ts'
import type { Found } from './genetic.ts'
import type { Core } from './problem.ts'
import {
  backTo,
  entryOf,
  HIGH,
  holds,
  LOW,
  move,
  newStartBounds,
  REASON,
  type StartBounds,
} from './start-bounds.ts'
import { explainCell, newTimeTable, propagateTable, type TimeTable } from './time-table.ts'

type Proof = {
  readonly core: Core
  readonly bounds: StartBounds
  readonly table: TimeTable
  readonly clauses: Clauses
  readonly heap: AtomHeap
  readonly found: Found
  /** The strongest bound needed of each side in the conflict at hand, and the entry that made it. */
  readonly needed: Int32Array
  readonly neededEntry: Int32Array
  readonly open: number[]
  next: number
  /** The first search goes by time, later ones by activity. */
  byActivity: boolean
}

/** A clause, a cell of the time table or a side whose bounds crossed cannot be. */
type Conflict = { readonly clause: number } | { readonly cell: number } | { readonly side: number }

/**
 * Lazy clause generation (Ohrimenko, Stuckey & Codish 2009; for RCPSP Schutt et al., Constraints 16, 2011): asks for
 * ever shorter schedules until there is none. Improves `found`; true when its makespan is proved to be the least.
 * `goOn` is asked at every conflict.
 */
export function proveLeast(core: Core, found: Found, goOn: () => boolean): boolean {
  if (core.count === 0) return true
  const proof = newProof(core, found)
  if (
    proof.bounds.value.some(
      (value, side) => (side & 1) === LOW && value > (proof.bounds.value[side + 1] as number),
    )
  )
    return true
  let conflicts = 0
  let restarts = 1
  let untilRestart = 64
  let keep = 3_000
  for (;;) {
    const conflict = propagate(proof)
    if (conflict) {
      if (!learn(proof, conflict)) return true
      conflicts++
      untilRestart--
      if (!goOn()) return false
    } else if (untilRestart <= 0 && proof.bounds.levelStart.length > 0) {
      untilRestart = 64 * luby(++restarts)
      proof.byActivity = true
      retreat(proof, 0)
      if (conflicts > keep) {
        keep = conflicts + 3_000
        forgetClauses(proof.clauses, clausesInUse(proof.bounds))
      }
    } else if (!decide(proof)) {
      if (!record(proof)) return true
      if (!goOn()) return false
    }
  }
}

function newProof(core: Core, found: Found): Proof {
  const bounds = newStartBounds(core, found.makespan - 1)
  const clauses = newClauses(bounds)
  const heap = newAtomHeap(clauses.atomCount)
  for (let atom = 0; atom < clauses.atomCount; atom++) heap.insert(atom)
  return {
    core,
    bounds,
    table: newTimeTable(bounds, found.makespan),
    clauses,
    heap,
    found,
    needed: new Int32Array(2 * core.count),
    neededEntry: new Int32Array(2 * core.count).fill(-1),
    open: [],
    next: 0,
    byActivity: false,
  }
}

function propagate(proof: Proof): Conflict | undefined {
  const { bounds, clauses, table } = proof
  for (;;) {
    while (proof.next < bounds.side.length) {
      if (bounds.crossed >= 0) return { side: bounds.crossed }
      const entry = proof.next++
      pushLinks(proof, entry)
      if (bounds.crossed >= 0) return { side: bounds.crossed }
      const clause = propagateClauses(clauses, bounds, entry)
      if (clause >= 0) return { clause }
    }
    if (bounds.crossed >= 0) return { side: bounds.crossed }
    const answer = propagateTable(bounds, table)
    if ('overloaded' in answer) return { cell: answer.overloaded }
    if (!answer.moved) return undefined
  }
}

/** A job that starts later pushes its successors, one that starts sooner pulls its predecessors. */
function pushLinks({ core, bounds }: Proof, entry: number): void {
  const side = bounds.side[entry] as number
  const value = bounds.now[entry] as number
  const i = side >> 1
  const { afterStart, after, beforeStart, before } = core.forward
  if ((side & 1) === LOW) {
    const finish = value + (core.duration[i] as number)
    for (let e = afterStart[i] as number; e < (afterStart[i + 1] as number); e++)
      if (!move(bounds, 2 * (after[e] as number) + LOW, finish, REASON.link, i)) return
  } else
    for (let e = beforeStart[i] as number; e < (beforeStart[i + 1] as number); e++) {
      const other = before[e] as number
      if (!move(bounds, 2 * other + HIGH, value - (core.duration[other] as number), REASON.link, i)) return
    }
}

/** Begins a level: the soonest open job at its soonest, or the most active atom as the best schedule has it. */
function decide(proof: Proof): boolean {
  const { core, bounds, heap, clauses, found } = proof
  const { value } = bounds
  let side = -1
  let to = 0
  if (proof.byActivity)
    for (let atom = heap.pop(); atom >= 0; atom = heap.pop()) {
      const i = clauses.jobOf[atom] as number
      const t = boundOf(clauses, 2 * atom)
      if ((value[2 * i + LOW] as number) > t || (value[2 * i + HIGH] as number) <= t) continue
      const start = (found.finish[i] as number) - (core.duration[i] as number)
      side = start <= t ? 2 * i + HIGH : 2 * i + LOW
      to = start <= t ? t : t + 1
      break
    }
  for (let i = 0; i < core.count && !proof.byActivity; i++) {
    const low = value[2 * i + LOW] as number
    if (low < (value[2 * i + HIGH] as number) && (side < 0 || low < to)) {
      side = 2 * i + HIGH
      to = low
    }
  }
  if (side < 0) return false
  bounds.levelStart.push(bounds.side.length)
  move(bounds, side, to, REASON.decision, 0)
  return true
}

/** All starts are fixed: a shorter schedule. From now on an even shorter one is asked for; false when it cannot be. */
function record(proof: Proof): boolean {
  const { core, bounds, found } = proof
  let makespan = 0
  for (let i = 0; i < core.count; i++) {
    const finish = (bounds.value[2 * i + LOW] as number) + (core.duration[i] as number)
    found.finish[i] = finish
    makespan = Math.max(makespan, finish)
  }
  found.makespan = makespan
  found.schedules++
  retreat(proof, 0)
  for (let i = 0; i < core.count; i++) {
    const latest = makespan - 1 - (core.forward.tail[i] as number)
    if (!move(bounds, 2 * i + HIGH, latest, REASON.decision, 0)) return false
  }
  return true
}

function retreat(proof: Proof, level: number): void {
  const { bounds, heap, clauses } = proof
  if (bounds.levelStart.length > level)
    backTo(bounds, level, (side, from, to) => {
      for (let t = from; t < to; t++) heap.insert(literalOf(clauses, side | 1, t) >> 1)
    })
  proof.next = Math.min(proof.next, bounds.side.length)
}

/** Analyses a conflict to its first unique implication point, learns, goes back. False: there is nothing to go back to. */
function learn(proof: Proof, conflict: Conflict): boolean {
  const { bounds, clauses, table, open, heap } = proof
  open.length = 0
  const need = (side: number, value: number) => require(proof, side, value)
  const all = bounds.side.length
  if ('clause' in conflict) {
    for (const literal of clauses.list[conflict.clause]?.literals ?? [])
      need(sideOf(clauses, literal ^ 1), boundOf(clauses, literal ^ 1))
  } else if ('cell' in conflict) explainCell(bounds, table, conflict.cell, -1, all, need)
  else {
    // The bound that crossed may lie where no atom is, so its reason stands for it.
    const { side } = conflict
    const other = bounds.value[side ^ 1] as number
    need(side ^ 1, other)
    explain(proof, side, (side & 1) === LOW ? other + 1 : other - 1, bounds.head[side] as number)
  }
  const top = resolve(proof)
  if (top < 0) return false
  const sides = [top, ...open.filter((side) => side !== top)]
  const levelOf = (side: number) => bounds.level[proof.neededEntry[side] as number] as number
  let back = 0
  for (let k = 1; k < sides.length; k++) {
    const level = levelOf(sides[k] as number)
    if (level <= back) continue
    back = level
    const second = sides[1] as number
    sides[1] = sides[k] as number
    sides[k] = second
  }
  const levels = new Set(sides.map(levelOf)).size
  const literals = Int32Array.from(
    sides,
    (side) => literalOf(clauses, side, proof.needed[side] as number) ^ 1,
  )
  for (const side of open) proof.neededEntry[side] = -1
  heap.decay()
  retreat(proof, back)
  const number = addClause(clauses, literals, levels)
  const first = literals[0] as number
  move(bounds, sideOf(clauses, first), boundOf(clauses, first), REASON.clause, number)
  return true
}

/** Notes that a bound is needed, unless it held from the beginning; of two on one side the stronger. */
function require(proof: Proof, side: number, value: number): void {
  const { bounds, needed, neededEntry, open } = proof
  const entry = entryOf(bounds, side, value)
  if (entry < 0 || bounds.level[entry] === 0) return
  proof.heap.bump(literalOf(proof.clauses, side, value) >> 1)
  if ((neededEntry[side] as number) < 0) open.push(side)
  else if (holds(side, needed[side] as number, value)) return
  needed[side] = value
  neededEntry[side] = entry
}

/** Replaces the latest need by its reasons until one alone is left on its level; -1 when nothing is needed. */
function resolve(proof: Proof): number {
  const { bounds, neededEntry, open } = proof
  for (;;) {
    let latest = -1
    let second = -1
    for (const side of open) {
      const entry = neededEntry[side] as number
      if (latest < 0 || entry > (neededEntry[latest] as number)) {
        second = latest
        latest = side
      } else if (second < 0 || entry > (neededEntry[second] as number)) second = side
    }
    if (latest < 0) return -1
    const entry = neededEntry[latest] as number
    const alone = second < 0 || bounds.level[neededEntry[second] as number] !== bounds.level[entry]
    if (alone) return latest
    open.splice(open.indexOf(latest), 1)
    neededEntry[latest] = -1
    explain(proof, latest, proof.needed[latest] as number, entry)
  }
}

function explain(proof: Proof, side: number, value: number, entry: number): void {
  const { core, bounds, clauses, table } = proof
  const ref = bounds.ref[entry] as number
  const reason = bounds.reason[entry]
  const i = side >> 1
  const need = (other: number, wanted: number) => require(proof, other, wanted)
  if (reason === REASON.clause) {
    const { literals } = clauses.list[ref] as { literals: Int32Array }
    for (let k = 1; k < literals.length; k++) {
      const literal = (literals[k] as number) ^ 1
      need(sideOf(clauses, literal), boundOf(clauses, literal))
    }
  } else if (reason === REASON.link) {
    if ((side & 1) === LOW) need(2 * ref + LOW, value - (core.duration[ref] as number))
    else need(2 * ref + HIGH, value + (core.duration[i] as number))
  } else if (reason === REASON.profile) {
    const t = (ref - (ref % core.resourceCount)) / core.resourceCount
    if ((side & 1) === LOW) need(side, t + 1 - (core.duration[i] as number))
    else need(side, t)
    explainCell(bounds, table, ref, i, entry, need)
  }
}

function clausesInUse({ reason, ref }: StartBounds): Set<number> {
  const inUse = new Set<number>()
  for (let k = 0; k < reason.length; k++) if (reason[k] === REASON.clause) inUse.add(ref[k] as number)
  return inUse
}

/** 1 1 2 1 1 2 4 1 1 2 … (Luby, Sinclair & Zuckerman 1993). */
function luby(n: number): number {
  for (let power = 1; ; power *= 2) {
    if (n === 2 * power - 1) return power
    if (n < 2 * power - 1) return luby(n - power + 1)
  }
}
