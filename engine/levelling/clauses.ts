import { HIGH, holds, LOW, move, REASON, type StartBounds } from './start-bounds.ts'

/**
 * Learned clauses over atoms "job i starts at t or before": an atom is a number, its literal `2 · atom` says so,
 * `2 · atom + 1` says the opposite.
 */
export type Clauses = {
  readonly base: Int32Array
  readonly jobOf: Int32Array
  readonly first: Int32Array
  readonly atomCount: number
  /** By number; undefined when forgotten. */
  readonly list: (Clause | undefined)[]
  /** By literal: the clauses to look at when it becomes false. */
  readonly watches: number[][]
}

export type Clause = { readonly literals: Int32Array; readonly levels: number }

export function newClauses({ core, value }: StartBounds): Clauses {
  const base = new Int32Array(core.count)
  const first = new Int32Array(core.count)
  const owners: number[] = []
  for (let i = 0; i < core.count; i++) {
    base[i] = owners.length
    first[i] = value[2 * i + LOW] as number
    for (let t = value[2 * i + LOW] as number; t < (value[2 * i + HIGH] as number); t++) owners.push(i)
  }
  const watches = Array.from({ length: 2 * owners.length }, (): number[] => [])
  const jobOf = Int32Array.from(owners)
  return { base, jobOf, first, atomCount: owners.length, list: [], watches }
}

/** The literal that says the bound. */
export function literalOf({ base, first }: Clauses, side: number, value: number): number {
  const i = side >> 1
  const atom = (base[i] as number) - (first[i] as number) + value
  return (side & 1) === HIGH ? 2 * atom : 2 * (atom - 1) + 1
}

export function sideOf({ jobOf }: Clauses, literal: number): number {
  return 2 * (jobOf[literal >> 1] as number) + ((literal & 1) === 0 ? HIGH : LOW)
}

export function boundOf({ jobOf, base, first }: Clauses, literal: number): number {
  const atom = literal >> 1
  const i = jobOf[atom] as number
  return atom - (base[i] as number) + (first[i] as number) + (literal & 1)
}

export function isTrue(clauses: Clauses, bounds: StartBounds, literal: number): boolean {
  const side = sideOf(clauses, literal)
  return holds(side, bounds.value[side] as number, boundOf(clauses, literal))
}

function isFalse(clauses: Clauses, bounds: StartBounds, literal: number): boolean {
  return isTrue(clauses, bounds, literal ^ 1)
}

/** Looks at all clauses that watch what a moved bound made false; a clause that is false all over is answered. */
export function propagateClauses(clauses: Clauses, bounds: StartBounds, entry: number): number {
  const side = bounds.side[entry] as number
  const old = bounds.old[entry] as number
  const now = bounds.now[entry] as number
  // start ≥ now makes "start ≤ t" false for t = old .. now − 1; start ≤ now makes "start ≥ t + 1" false for t = now .. old − 1.
  const low = (side & 1) === LOW
  const from = low ? old : now
  const to = low ? now : old
  for (let t = from; t < to; t++) {
    const literal = literalOf(clauses, side | 1, t) + (low ? 0 : 1)
    const conflict = visit(clauses, bounds, literal)
    if (conflict >= 0 || bounds.crossed >= 0) return conflict
  }
  return -1
}

function visit(clauses: Clauses, bounds: StartBounds, literal: number): number {
  const watchers = clauses.watches[literal] as number[]
  let kept = 0
  let conflict = -1
  for (let k = 0; k < watchers.length; k++) {
    const number = watchers[k] as number
    const clause = clauses.list[number]
    if (!clause) continue
    if (conflict >= 0 || bounds.crossed >= 0) {
      watchers[kept++] = number
      continue
    }
    const { literals } = clause
    if (literals[0] === literal) {
      literals[0] = literals[1] as number
      literals[1] = literal
    }
    const other = literals[0] as number
    if (!isTrue(clauses, bounds, other) && watchAnother(clauses, bounds, number, literals)) continue
    watchers[kept++] = number
    if (isTrue(clauses, bounds, other)) continue
    if (isFalse(clauses, bounds, other)) conflict = number
    else move(bounds, sideOf(clauses, other), boundOf(clauses, other), REASON.clause, number)
  }
  watchers.length = kept
  return conflict
}

function watchAnother(clauses: Clauses, bounds: StartBounds, number: number, literals: Int32Array): boolean {
  for (let k = 2; k < literals.length; k++) {
    const candidate = literals[k] as number
    if (isFalse(clauses, bounds, candidate)) continue
    literals[k] = literals[1] as number
    literals[1] = candidate
    clauses.watches[candidate]?.push(number)
    return true
  }
  return false
}

/** Keeps a clause whose first two literals are the last to become false. */
export function addClause(clauses: Clauses, literals: Int32Array, levels: number): number {
  clauses.list.push({ literals, levels })
  const number = clauses.list.length - 1
  if (literals.length > 1) {
    clauses.watches[literals[0] as number]?.push(number)
    clauses.watches[literals[1] as number]?.push(number)
  }
  return number
}

/** Forgets the half of the clauses that span most levels, except short ones and those in use. */
export function forgetClauses(clauses: Clauses, inUse: ReadonlySet<number>): void {
  const known = [...clauses.list.keys()].filter((k) => {
    const clause = clauses.list[k]
    return clause && clause.literals.length > 2 && clause.levels > 2 && !inUse.has(k)
  })
  const levels = (k: number) => clauses.list[k]?.levels ?? 0
  known.sort((one, other) => levels(other) - levels(one) || one - other)
  for (const k of known.slice(0, known.length >> 1)) clauses.list[k] = undefined
}
