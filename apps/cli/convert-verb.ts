import { writeFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { parseArgs } from 'node:util'
import type { exportSchedule } from '../../capabilities/schedule/schedule.queries.ts'
import type { WrittenFormat } from '../../capabilities/schedule/schedule.rules/plan-file.ts'
import { TableReadingInput } from '../../capabilities/schedule/schedule.rules/table.ts'
import type { LossReport } from '../../exchange/plan-file.ts'
import type { TableReading } from '../../exchange/plan-table/plan-table.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { Fault } from '../../kernel/fault.ts'
import { openPlan } from './plan-on-file.ts'
import type { Terminal } from './terminal.ts'

type Exported = Awaited<ReturnType<typeof exportSchedule.run>>

export const CONVERT_USAGE =
  'convert IN OUT [--columns name=HEADING,duration=HEADING…] [--sheet NAME] [--heading-row N] [--day-order dayFirst|monthFirst] [--start DAY] [--outline level|wbs|indentation|none] [--bad-cells refuse|leaveOut]'

/** The formats that are written, by the ending of the name. */
const FORMATS: Readonly<Record<string, WrittenFormat>> = {
  '.xml': 'mspdi',
  '.csv': 'csv',
  '.xlsx': 'xlsx',
  '.mpx': 'mpx',
  '.json': 'json',
}

/** Reads a plan in any format that is read, writes it in any that is written, and prints what was lost on the way. */
export async function convertVerb(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      columns: { type: 'string' },
      sheet: { type: 'string' },
      'heading-row': { type: 'string' },
      'day-order': { type: 'string' },
      start: { type: 'string' },
      outline: { type: 'string' },
      'bad-cells': { type: 'string' },
    },
  })
  const [from, to] = positionals
  if (from === undefined || to === undefined || positionals.length > 2)
    throw new Fault('command.usage', `Say: helmward ${CONVERT_USAGE}`, {})
  const format = FORMATS[extname(to).toLowerCase()]
  if (format === undefined) {
    const known = Object.keys(FORMATS).join(', ')
    const sentence = `"${basename(to)}" has an ending that cannot be written. Known: ${known}.`
    throw new Fault('file.format', sentence, { known })
  }
  const plan = await openPlan(from, tableReading(values))
  const exported = await plan.ledger.ask(SYSTEM, 'schedule.export', { project: plan.project, format })
  const { text, base64, loss } = exported as Exported
  await writeFile(to, base64 ? Buffer.from(text, 'base64') : text)
  const report = merged(plan.loss, loss)
  terminal.print(values.json ? JSON.stringify({ written: to, loss: report }) : lossText(basename(to), report))
  return 0
}

/** What the options say of the table. Refuses `command.usage`. */
function tableReading(values: Readonly<Record<string, string | boolean | undefined>>): TableReading {
  const { columns, sheet, start, outline } = values
  const said = {
    ...(typeof columns === 'string' ? { columns: columnsIn(columns) } : {}),
    ...(sheet === undefined ? {} : { sheet }),
    ...(values['heading-row'] === undefined ? {} : { headingRow: Number(values['heading-row']) }),
    ...(values['day-order'] === undefined ? {} : { dayOrder: values['day-order'] }),
    ...(start === undefined ? {} : { start }),
    ...(outline === undefined ? {} : { outline }),
    ...(values['bad-cells'] === undefined ? {} : { badCells: values['bad-cells'] }),
  }
  const checked = TableReadingInput.safeParse(said)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  const where = issue?.path.join('.') ?? ''
  throw new Fault(
    'command.usage',
    `How to read the table is not understood at "${where}": ${issue?.message}.`,
    { where },
  )
}

/** `name=What,duration=3,start=` as headings, places counted from 1, and what is not in the table. */
function columnsIn(text: string): Record<string, string | number | null> {
  const pairs = text.split(',').map((pair): [string, string | number | null] => {
    const [column = '', ...rest] = pair.split('=')
    const heading = rest.join('=').trim()
    return [column.trim(), heading === '' ? null : /^\d{1,4}$/.test(heading) ? Number(heading) : heading]
  })
  return Object.fromEntries(pairs)
}

function merged(read: LossReport, written: LossReport): LossReport {
  return {
    lines: [...read.lines, ...written.lines],
    counts: {
      taken: read.counts.taken + written.counts.taken,
      changed: read.counts.changed + written.counts.changed,
      leftOut: read.counts.leftOut + written.counts.leftOut,
    },
  }
}

const MOST_LOSS_LINES = 200

function lossText(name: string, { lines, counts }: LossReport): string {
  const head = `${name} written. ${counts.taken} taken over, ${counts.changed} changed, ${counts.leftOut} left out.`
  const said = lines.filter(({ level }) => level !== 'taken').slice(0, MOST_LOSS_LINES)
  return [
    head,
    ...said.map(
      ({ level, where, field, text }) =>
        `${level}: ${where.name ?? where.kind}${field ? ` (${field})` : ''}: ${text}`,
    ),
  ].join('\n')
}
