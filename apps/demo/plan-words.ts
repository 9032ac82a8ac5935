/** A person or team of the demo company by the short name that the authored plan uses. */
export type Who = string

/** When a task came into the plan: with the first version, with the replan, or with the change of June. */
type Since = 'replan' | 'change'

/** One row of the authored plan, as people said it; all dates follow from this. */
export type AuthoredTask = {
  readonly key: string
  readonly name: string
  /** Working days; 0 is a milestone, absent a summary task. */
  readonly days?: number
  readonly who?: Who
  /** Predecessors: `key`, `key:ss+4d` (start to start, four working days later), `key+15eh` (elapsed hours). */
  readonly after: readonly string[]
  /** Not before this day at 8:00, or at the time said. */
  readonly from?: string
  readonly since?: Since
  readonly children?: readonly AuthoredTask[]
}

type More = { readonly from?: string; readonly since?: Since }

/** A piece of work: `work('smoke', 'Install and smoke test', 5, 'lars', 'package')`. */
export function work(
  key: string,
  name: string,
  days: number,
  who: Who,
  after = '',
  more: More = {},
): AuthoredTask {
  return { key, name, days, who, after: names(after), ...more }
}

/** A milestone: `mark('goLive', 'Go-live', 'cutover+15eh')`. */
export function mark(key: string, name: string, after = '', more: More = {}): AuthoredTask {
  return { key, name, days: 0, after: names(after), ...more }
}

/** A summary task with what is below it. */
export function group(key: string, name: string, children: readonly AuthoredTask[]): AuthoredTask {
  return { key, name, after: [], children }
}

function names(text: string): string[] {
  return text.split(' ').filter(Boolean)
}

/** All rows from top to bottom, each with its summary task and the row above it under the same one. */
export function rowsOf(
  tasks: readonly AuthoredTask[],
  parent?: AuthoredTask,
): { task: AuthoredTask; parent: AuthoredTask | undefined; before: AuthoredTask | undefined }[] {
  return tasks.flatMap((task, index) => [
    { task, parent, before: tasks[index - 1] },
    ...rowsOf(task.children ?? [], task),
  ])
}

const PREDECESSOR = /^(\w+?)(?::(ss|ff|fs))?(?:\+(\d+)(d|eh))?$/

/** Reads `key:ss+4d`. */
export function predecessorOf(text: string) {
  const [, key = '', type = 'fs', amount, unit] = PREDECESSOR.exec(text) ?? []
  if (key === '') throw new Error(`the demo's plan has a predecessor that cannot be read: ${text}`)
  const lag =
    amount === undefined
      ? undefined
      : unit === 'eh'
        ? { kind: 'elapsed', minutes: Number(amount) * 60 }
        : { kind: 'working', minutes: Number(amount) * MINUTES_PER_DAY }
  return { key, type, ...(lag ? { lag } : {}) }
}

export const MINUTES_PER_DAY = 480
