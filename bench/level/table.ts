/** One instance measured with one budget. */
export type Measured = {
  readonly set: string
  readonly name: string
  readonly budget: string
  readonly criticalPathLength: number
  readonly bestKnown: number
  readonly cpSat: number | null
  readonly makespan: number
  readonly lowerBound: number
  readonly proven: boolean
  readonly schedules: number
  readonly seconds: number
}

/** Debels & Vanhoucke, Operations Research 55 (2007), on the whole sets. */
const PUBLISHED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  j30: { '1000': 0.1, '5000': 0.04, '50000': 0 },
  j60: { '1000': 11.31, '5000': 10.95, '50000': 10.68 },
  j120: { '1000': 33.55, '5000': 32.18, '50000': 30.69 },
}

/** A row for every set and budget, as Markdown. */
export function tableOf(groups: readonly (readonly Measured[])[]): string {
  const head =
    '| set | instances | budget | ours | best known | gap | CP-SAT 900 s | published (whole set) | at best known | proved | schedules | seconds |'
  return [head, head.replace(/[^|]+/g, '---'), ...groups.map(rowOf)].join('\n')
}

function rowOf(rows: readonly Measured[]): string {
  const first = rows[0]
  if (!first) return ''
  const base = (row: Measured) => (row.set === 'j30' ? row.bestKnown : row.criticalPathLength)
  const mean = (value: (row: Measured) => number) =>
    rows.reduce((sum, row) => sum + value(row), 0) / rows.length
  const deviation = (of: (row: Measured) => number) => mean((row) => (of(row) / base(row) - 1) * 100)
  const ours = deviation((row) => row.makespan)
  const known = deviation((row) => row.bestKnown)
  const cpSat = rows.every((row) => row.cpSat !== null) ? deviation((row) => row.cpSat ?? 0).toFixed(2) : '–'
  const count = (of: (row: Measured) => boolean) => rows.filter(of).length
  const cells = [
    first.set,
    rows.length,
    first.budget.endsWith('s') ? first.budget.replace('s', ' s') : Number(first.budget).toLocaleString('en'),
    ours.toFixed(2),
    known.toFixed(2),
    (ours - known).toFixed(2),
    cpSat,
    PUBLISHED[first.set]?.[first.budget]?.toFixed(2) ?? '–',
    count((row) => row.makespan <= row.bestKnown),
    count((row) => row.proven),
    Math.round(mean((row) => row.schedules)).toLocaleString('en'),
    mean((row) => row.seconds).toFixed(3),
  ]
  return `| ${cells.join(' | ')} |`
}
