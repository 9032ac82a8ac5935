import { columnName } from '../xlsx/workbook.ts'
import { findColumns, type PlanColumn } from './columns.ts'
import { chosenSheet, type PlanTable, type TableReading } from './plan-table.ts'
import { type CellProblem, tryPlanTable } from './reader.ts'

/** How a table would be read: its columns with what each is taken for, its first rows, and what cannot be read. */
export type TableProposal = {
  sheets: string[]
  sheet: string
  /** Row of the headings, counted from 1. */
  headingRow: number
  /** Rows below the headings that hold anything. */
  rowCount: number
  columns: {
    /** Counted from 1. */
    place: number
    /** `A`, `B` …, as in Excel. */
    letter: string
    heading: string
    /** What of a plan it is taken for; absent: it is not read. */
    takenFor?: PlanColumn
    /** First texts of the column that are not empty. */
    samples: string[]
  }[]
  /** First rows as they stand, each with its number. */
  firstRows: { row: number; cells: string[] }[]
  dayOrder: 'dayFirst' | 'monthFirst'
  /** Dates such as 4/3/2026 fit both orders. */
  dayOrderInDoubt: boolean
  problems: CellProblem[]
  /** All of them, also those that are not listed. */
  problemCount: number
  /** Why nothing can be read, as a sentence, where it is not single cells. */
  fault?: string
}

const SHOWN_ROWS = 8
const SHOWN_SAMPLES = 3
const SHOWN_PROBLEMS = 100
const SHOWN_LENGTH = 120

/** Proposes how to read a table; nothing is decided by it. A sheet that is not there answers its sentence as `fault`. */
export function proposeReading(table: PlanTable, reading: TableReading = {}): TableProposal {
  const sheets = table.sheets.map(({ name }) => name)
  const chosen = chosenSheet(table, reading)
  if ('refused' in chosen) return { ...nothing, sheets, fault: chosen.refused.sentence }
  const { headings, rows, headingRow, name } = chosen
  const { places } = findColumns(headings, reading.columns)
  const takenFor = new Map([...places].map(([column, at]) => [at, column]))
  const trial = tryPlanTable(table, { ...reading, badCells: 'refuse' })
  return {
    sheets,
    sheet: name,
    headingRow,
    rowCount: rows.filter((row) => row.some((cell) => cell.trim() !== '')).length,
    columns: headings.map((heading, at) => {
      const column = takenFor.get(at)
      return {
        place: at + 1,
        letter: columnName(at),
        heading: short(heading),
        ...(column === undefined ? {} : { takenFor: column }),
        samples: samplesOf(rows, at),
      }
    }),
    firstRows: rows.slice(0, SHOWN_ROWS).map((row, index) => ({
      row: headingRow + index + 1,
      cells: headings.map((_, at) => short(row[at] ?? '')),
    })),
    dayOrder: trial.dayOrder,
    dayOrderInDoubt: trial.dayOrderInDoubt,
    problems: trial.problems.slice(0, SHOWN_PROBLEMS),
    problemCount: trial.problems.length,
    ...(trial.fault === undefined ? {} : { fault: trial.fault }),
  }
}

const nothing: Omit<TableProposal, 'sheets'> = {
  sheet: '',
  headingRow: 1,
  rowCount: 0,
  columns: [],
  firstRows: [],
  dayOrder: 'monthFirst',
  dayOrderInDoubt: false,
  problems: [],
  problemCount: 0,
}

function samplesOf(rows: readonly string[][], at: number): string[] {
  const samples: string[] = []
  for (const row of rows.slice(0, 500)) {
    const text = (row[at] ?? '').trim()
    if (text !== '' && !samples.includes(short(text))) samples.push(short(text))
    if (samples.length === SHOWN_SAMPLES) break
  }
  return samples
}

function short(text: string): string {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 1)}…` : text
}
