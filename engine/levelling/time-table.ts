import { boundBefore, entryOf, HIGH, LOW, move, REASON, type StartBounds } from './start-bounds.ts'

/** What the parts of jobs that cannot be moved any more take, resource by resource. */
export type TimeTable = { readonly load: Int32Array; readonly users: readonly Int32Array[] }

export function newTimeTable({ core }: StartBounds, makespan: number): TimeTable {
  const users = Array.from({ length: core.resourceCount }, (_, r) =>
    Int32Array.from(
      [...core.place.keys()].filter((i) => (core.demand[i * core.resourceCount + r] as number) > 0),
    ),
  )
  return { load: new Int32Array(makespan + 1), users }
}

export type TableAnswer = { readonly moved: boolean } | { readonly overloaded: number }

/** A resource and a period as one number. */
export function cellOf(core: StartBounds['core'], period: number, resource: number): number {
  return period * core.resourceCount + resource
}

/**
 * Time-table propagation: a job may not run where the compulsory parts of the others leave no room for it
 * (Lahrichi 1982; explanations for one period at a time, Schutt, Feydt, Stuckey & Wallace, Constraints 16, 2011).
 */
export function propagateTable(bounds: StartBounds, table: TimeTable): TableAnswer {
  const { core, value } = bounds
  const { load, users } = table
  const before = bounds.side.length
  for (let r = 0; r < core.resourceCount; r++) {
    load.fill(0)
    const capacity = core.capacity[r] as number
    const row = users[r] as Int32Array
    let most = 0
    for (const i of row) {
      const need = core.demand[i * core.resourceCount + r] as number
      const end = (value[2 * i + LOW] as number) + (core.duration[i] as number)
      for (let t = value[2 * i + HIGH] as number; t < end; t++) {
        const now = (load[t] as number) + need
        load[t] = now
        if (now > most) most = now
        if (now > capacity) return { overloaded: cellOf(core, t, r) }
      }
    }
    if (most === 0) continue
    for (const i of row) {
      if ((core.demand[i * core.resourceCount + r] as number) + most <= capacity) continue
      if (value[2 * i] === value[2 * i + 1]) continue
      if (!pushLow(bounds, load, i, r) || !pushHigh(bounds, load, i, r)) return { moved: true }
    }
  }
  return { moved: bounds.side.length > before }
}

function pushLow(bounds: StartBounds, load: Int32Array, i: number, r: number): boolean {
  const { core, value } = bounds
  const room = (core.capacity[r] as number) - (core.demand[i * core.resourceCount + r] as number)
  const length = core.duration[i] as number
  const last = value[2 * i + HIGH] as number
  let start = value[2 * i + LOW] as number
  for (let t = Math.min(start + length, last) - 1; t >= start; ) {
    // From its latest start on the job's own compulsory part is in the load.
    if ((load[t] as number) <= room) {
      t--
      continue
    }
    if (!move(bounds, 2 * i + LOW, t + 1, REASON.profile, cellOf(core, t, r))) return false
    start = t + 1
    t = Math.min(start + length, last) - 1
  }
  return true
}

function pushHigh(bounds: StartBounds, load: Int32Array, i: number, r: number): boolean {
  const { core, value } = bounds
  const room = (core.capacity[r] as number) - (core.demand[i * core.resourceCount + r] as number)
  const length = core.duration[i] as number
  const first = value[2 * i + LOW] as number
  let end = (value[2 * i + HIGH] as number) + length
  for (let t = Math.max(end - length, first + length); t < end; ) {
    if ((load[t] as number) <= room) {
      t++
      continue
    }
    if (!move(bounds, 2 * i + HIGH, t - length, REASON.profile, cellOf(core, t, r))) return false
    end = t
    t = Math.max(end - length, first + length)
  }
  return true
}

/**
 * Jobs that must run in a cell, as they stood before an entry, just enough to leave no room for `demand`; those fixed
 * earliest first. Tells both bounds of each.
 */
export function explainCell(
  bounds: StartBounds,
  table: TimeTable,
  cell: number,
  job: number,
  before: number,
  tell: (side: number, value: number) => void,
): void {
  const { core } = bounds
  const r = cell % core.resourceCount
  const t = (cell - r) / core.resourceCount
  const running: { i: number; since: number }[] = []
  for (const i of table.users[r] as Int32Array) {
    const length = core.duration[i] as number
    if (i === job || boundBefore(bounds, 2 * i + HIGH, before) > t) continue
    if (boundBefore(bounds, 2 * i + LOW, before) + length <= t) continue
    const low = entryOf(bounds, 2 * i + LOW, t - length + 1)
    running.push({ i, since: Math.max(low, entryOf(bounds, 2 * i + HIGH, t)) })
  }
  running.sort((one, other) => one.since - other.since)
  let room = core.capacity[r] as number
  if (job >= 0) room -= core.demand[job * core.resourceCount + r] as number
  for (const { i } of running) {
    if (room < 0) break
    room -= core.demand[i * core.resourceCount + r] as number
    tell(2 * i + LOW, t - (core.duration[i] as number) + 1)
    tell(2 * i + HIGH, t)
  }
}
