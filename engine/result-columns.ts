import type { Schedule, TaskSchedule } from './plan.ts'

/** The numbers of a task's results in the order of the columns; the flags stand in one more, see `FLAGS`. */
const NUMBERS = [
  'startMinute',
  'finishMinute',
  'earlyStartMinute',
  'earlyFinishMinute',
  'lateStartMinute',
  'lateFinishMinute',
  'durationMinutes',
  'workMinutes',
  'freeSlackMinutes',
  'totalSlackMinutes',
  'startSlackMinutes',
  'finishSlackMinutes',
] as const

const FLAGS = { critical: 1, summary: 2, milestone: 4 } as const
const WIDTH = NUMBERS.length + 1

/** Results of some tasks as numbers, task by task: what crosses from a worker to a page without being copied. */
export type ResultColumns = {
  readonly places: Int32Array<ArrayBuffer>
  readonly values: Float64Array<ArrayBuffer>
}

/** Everything but ids and drivers, which are asked for when somebody looks at them. */
export type ColumnResult = Omit<TaskSchedule, 'id' | 'drivers'>

/** The results of the tasks at these places as columns. */
export function resultColumns({ tasks }: Schedule, places: readonly number[]): ResultColumns {
  const values = new Float64Array(places.length * WIDTH)
  let at = 0
  for (const place of places) {
    const task = tasks[place] as TaskSchedule
    for (const field of NUMBERS) values[at++] = task[field]
    values[at++] =
      (task.critical ? FLAGS.critical : 0) |
      (task.summary ? FLAGS.summary : 0) |
      (task.milestone ? FLAGS.milestone : 0)
  }
  return { places: Int32Array.from(places), values }
}

/** One task's results out of columns: the `k`-th of `places`. */
export function resultAt({ values }: ResultColumns, k: number): ColumnResult {
  const number = (column: number) => values[k * WIDTH + column] as number
  const flags = number(NUMBERS.length)
  const numbers = Object.fromEntries(NUMBERS.map((field, column) => [field, number(column)]))
  return {
    ...(numbers as Pick<TaskSchedule, (typeof NUMBERS)[number]>),
    critical: (flags & FLAGS.critical) !== 0,
    summary: (flags & FLAGS.summary) !== 0,
    milestone: (flags & FLAGS.milestone) !== 0,
  }
}

/** Puts columns into a table of columns for all tasks, each at its place. */
export function putColumns(table: Float64Array, { places, values }: ResultColumns): void {
  for (let k = 0; k < places.length; k++) {
    const from = k * WIDTH
    table.set(values.subarray(from, from + WIDTH), (places[k] as number) * WIDTH)
  }
}

/** An empty table of columns for so many tasks. */
export function newColumnTable(taskCount: number): Float64Array {
  return new Float64Array(taskCount * WIDTH)
}
