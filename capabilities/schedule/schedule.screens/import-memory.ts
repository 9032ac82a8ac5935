import type { TableReading } from '../../../exchange/plan-table/plan-table.ts'
import type { TableProposal } from '../../../exchange/plan-table/propose.ts'

// The last reading of each kind of table, in this browser: the next file with the same headings is read the same way.

const KEPT_AS = 'hw-table-readings'
const MOST_KEPT = 20

type Kept = { headings: string; reading: TableReading }

function headingsOf({ columns }: TableProposal): string {
  return JSON.stringify(columns.map(({ heading }) => heading)).slice(0, 4000)
}

/** How a table with these headings was read the last time. */
export function keptReading(proposal: TableProposal): TableReading | undefined {
  const headings = headingsOf(proposal)
  return allKept().find((kept) => kept.headings === headings)?.reading
}

/** Keeps a reading for the next table with these headings; the start of one project is not that of the next. */
export function keepReading(proposal: TableProposal, reading: TableReading): void {
  const headings = headingsOf(proposal)
  const { start: _start, sheet: _sheet, ...kept } = reading
  const others = allKept().filter((each) => each.headings !== headings)
  localStorage.setItem(KEPT_AS, JSON.stringify([{ headings, reading: kept }, ...others].slice(0, MOST_KEPT)))
}

function allKept(): Kept[] {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? '[]') as Kept[]
  } catch {
    return []
  }
}
