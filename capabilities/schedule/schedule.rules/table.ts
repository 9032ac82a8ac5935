import { z } from 'zod'
import type { LossReport, PlanFile } from '../../../exchange/plan-file.ts'
import { HEADINGS } from '../../../exchange/plan-table/columns.ts'
import type { PlanTable, TableReading } from '../../../exchange/plan-table/plan-table.ts'
import { readPlanTable } from '../../../exchange/plan-table/reader.ts'
import { Fault } from '../../../kernel/fault.ts'
import type { Read } from '../../../kernel/ledger/tx.ts'

const column = z
  .union([z.string().max(1000), z.int().min(1).max(1000), z.null()])
  .meta({ description: 'Heading, or place counted from 1; null: not in this table' })
  .optional()

/** How a table is to be read as a plan, as callers say it. */
export const TableReadingInput = z
  .strictObject({
    sheet: z.string().max(100).meta({ title: 'Sheet' }).optional(),
    headingRow: z.int().min(1).max(200_000).meta({ title: 'Row of the headings' }).optional(),
    columns: z
      .strictObject(
        Object.fromEntries(
          Object.entries(HEADINGS).map(([name, [title = name]]) => [name, column.meta({ title })]),
        ) as { [name in keyof typeof HEADINGS]: typeof column },
      )
      .meta({ title: 'Columns', description: 'What of a plan stands in which column' })
      .optional(),
    dayOrder: z
      .enum(['dayFirst', 'monthFirst'])
      .meta({ title: 'Order in dates such as 4/3/2026' })
      .optional(),
    start: z.iso.date().meta({ title: 'Start of the project' }).optional(),
    outline: z.enum(['level', 'wbs', 'indentation', 'none']).meta({ title: 'Outline by' }).optional(),
    badCells: z.enum(['refuse', 'leaveOut']).meta({ title: 'Cells that cannot be read' }).optional(),
  })
  .meta({ title: 'How to read the table' })

/** The table that an upload kept. Refuses `file.notAPlan` when what is kept is none. */
export async function keptTable(read: Read, hash: string): Promise<PlanTable> {
  const bytes = await read.blob(hash)
  const shape = z.strictObject({
    format: z.enum(['csv', 'xlsx']),
    sheets: z.array(z.strictObject({ name: z.string(), rows: z.array(z.array(z.string())) })),
  })
  try {
    return shape.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    throw new Fault('file.notAPlan', 'The kept file is no table. Upload the file again.', {})
  }
}

/** The plan that a table says under a reading; what the reader refuses becomes a fault. */
export function planOfTable(
  table: PlanTable,
  reading: TableReading | undefined,
): { file: PlanFile; loss: LossReport } {
  const answer = readPlanTable(table, reading)
  if (!('refused' in answer)) return answer
  const { code, sentence, facts } = answer.refused
  throw new Fault(code, sentence, facts)
}
