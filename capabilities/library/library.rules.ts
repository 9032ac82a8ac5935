/** What stands for the places of a template. */
export type Filling = {
  readonly project: string
  readonly name: string
  readonly start: string
  /** The id for a key of the template, the same each time. */
  readonly newId: (key: string) => string
}

/** An input of a template with its places filled: `$project`, `$name`, `$start`, `$new:KEY`, also inside lists. */
export function filled(value: unknown, filling: Filling): unknown {
  if (typeof value === 'string') return text(value, filling)
  if (Array.isArray(value)) return value.map((each) => filled(each, filling))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each, filling)]))
}

function text(value: string, { project, name, start, newId }: Filling): string {
  if (value === '$project') return project
  if (value === '$name') return name
  if (value === '$start') return start
  return value.startsWith('$new:') ? newId(value.slice(5)) : value
}

const NOBODY = '00000000-0000-7000-8000-000000000000'

/** An input of a template as it would look when used, good enough to be checked. */
export function checkedAt(value: unknown): unknown {
  return filled(value, {
    project: NOBODY,
    name: 'Project',
    start: '2026-01-05T08:00:00',
    newId: () => NOBODY,
  })
}
