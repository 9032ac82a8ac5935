import type { LossLog } from './loss-log.ts'
import type {
  PlanAssignment,
  PlanCalendar,
  PlanFile,
  PlanKind,
  PlanLink,
  PlanProject,
  PlanResource,
  PlanTask,
} from './plan-file.ts'
import { restingAssignment, restingProject, restingResource, restingTask } from './resting.ts'

/** What a format can say: the fields of each kind; a kind that is not named cannot be said at all. */
export type Sayable = {
  project?: readonly (keyof PlanProject)[]
  calendar?: readonly (keyof PlanCalendar)[]
  resource?: readonly (keyof PlanResource)[]
  task?: readonly (keyof PlanTask)[]
  link?: readonly (keyof PlanLink)[]
  assignment?: readonly (keyof PlanAssignment)[]
  /** Numbers of the baselines, tasks only. */
  baselines?: readonly number[]
}

const RESTING: Readonly<Record<PlanKind, Readonly<Record<string, unknown>>>> = {
  project: { ...restingProject },
  calendar: { shared: true },
  resource: { ...restingResource },
  task: { ...restingTask },
  link: { lagUnit: 'days' },
  assignment: { ...restingAssignment },
}

/**
 * Says what of a plan a format has no place for: one line for each field that says something unusual somewhere, with how
 * often, and one for each kind of thing that the format does not know.
 */
export function sayUnsaid(file: PlanFile, sayable: Sayable, loss: LossLog): void {
  const kinds: [PlanKind, readonly object[]][] = [
    ['project', [file.project]],
    ['calendar', file.calendars],
    ['resource', file.resources],
    ['task', file.tasks],
    ['link', file.links],
    ['assignment', file.assignments],
  ]
  for (const [kind, rows] of kinds) {
    const fields = kind === 'project' ? sayable.project : sayable[kind]
    if (fields === undefined) {
      if (rows.length > 0 && kind !== 'project')
        loss.note({ level: 'left out', where: { kind }, text: `${rows.length} ${kind}s` })
      continue
    }
    for (const [field, count] of unusualFields(rows, kind, new Set<string>(fields)))
      loss.note({
        level: 'left out',
        where: { kind },
        field,
        text: `${fieldWords(field)} of ${count} ${kind}s`,
      })
  }
  for (const { number, tasks, resources, assignments } of file.baselines) {
    const isSaid = sayable.baselines?.includes(number) ?? false
    const lines = (isSaid ? 0 : tasks.length) + resources.length + assignments.length
    const text = `baseline ${number}: the figures of ${lines} tasks, resources and assignments`
    if (lines > 0) loss.note({ level: 'left out', where: { kind: 'file' }, field: 'baselines', text })
  }
  const owners = Object.keys(file.extra).length
  const text = `what only the source knows of ${owners} things`
  if (owners > 0) loss.note({ level: 'left out', where: { kind: 'file' }, field: 'extra', text })
}

function unusualFields(
  rows: readonly object[],
  kind: PlanKind,
  said: ReadonlySet<string>,
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows)
    for (const [field, value] of Object.entries(row)) {
      if (said.has(field) || value === undefined || isResting(value, RESTING[kind][field])) continue
      counts.set(field, (counts.get(field) ?? 0) + 1)
    }
  return counts
}

function isResting(value: unknown, resting: unknown): boolean {
  if (resting !== undefined) return value === resting
  return value === false || value === '' || (Array.isArray(value) && value.length === 0)
}

/** `levelingDelayMinutes` as "leveling delay minutes". */
function fieldWords(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** What goes over in another form: kind, field, how many, and what becomes of them. */
export type Changed = readonly [kind: PlanKind, field: string, count: number, text: string]

/** Says what goes over in another form, as far as there is any of it. */
export function sayChanged(lines: readonly Changed[], loss: LossLog): void {
  for (const [kind, field, count, text] of lines)
    if (count > 0) loss.note({ level: 'changed', where: { kind }, field, text: `${count} ${text}` })
}
