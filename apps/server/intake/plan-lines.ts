import type {
  ExtraElement,
  LossLine,
  LossReport,
  PlanBaseline,
  PlanFile,
} from '../../../exchange/plan-file.ts'
import type { PlanTable } from '../../../exchange/plan-table/plan-table.ts'
import type { PlanFileReading } from '../../../exchange/read-plan.ts'

/**
 * A reading as lines of JSON, in pieces of a few hundred entities: neither side ever holds the whole plan as one
 * text, and the receiver can breathe between lines.
 */
export type PlanLine =
  | { progress: number }
  | { sheet: string; of: PlanTable['format'] }
  | { rows: string[][] }
  | { head: Pick<PlanFile, 'format' | 'project' | 'calendars'> & { calculatedProject: object } }
  | { part: ListName; items: unknown[] }
  | { baseline: number; list: 'tasks' | 'assignments' | 'resources'; items: unknown[] }
  | { extra: [string, ExtraElement[]][] }
  | { lossLines: LossLine[] }
  | { done: LossReport['counts'] }
  | { refused: Extract<PlanFileReading, { refused: unknown }>['refused'] }

type ListName = 'resources' | 'tasks' | 'links' | 'assignments' | 'calculatedTasks' | 'calculatedAssignments'

const itemsInLine = 500

export function* planLines(reading: PlanFileReading): Generator<PlanLine> {
  if (reading.table !== undefined) yield* tableLines(reading.table)
  if ('refused' in reading) {
    yield { refused: reading.refused }
    return
  }
  const { file, loss } = reading
  const { format, project, calendars } = file
  yield { head: { format, project, calendars, calculatedProject: file.calculated.project } }
  const lists: [ListName, unknown[]][] = [
    ['resources', file.resources],
    ['tasks', file.tasks],
    ['links', file.links],
    ['assignments', file.assignments],
    ['calculatedTasks', file.calculated.tasks],
    ['calculatedAssignments', file.calculated.assignments],
  ]
  for (const [part, list] of lists) for (const items of inPieces(list)) yield { part, items }
  for (const baseline of file.baselines) {
    for (const list of ['tasks', 'assignments', 'resources'] as const) {
      yield { baseline: baseline.number, list, items: [] }
      for (const items of inPieces(baseline[list])) yield { baseline: baseline.number, list, items }
    }
  }
  for (const extra of inPieces(Object.entries(file.extra))) yield { extra }
  for (const lossLines of inPieces(loss.lines)) yield { lossLines }
  yield { done: loss.counts }
}

function* tableLines({ format, sheets }: PlanTable): Generator<PlanLine> {
  for (const { name, rows } of sheets) {
    yield { sheet: name, of: format }
    for (const piece of inPieces(rows)) yield { rows: piece }
  }
}

function* inPieces<Item>(list: Item[]): Generator<Item[]> {
  for (let at = 0; at < list.length; at += itemsInLine) yield list.slice(at, at + itemsInLine)
}

/** Puts the lines together again; `finished` answers once the last line has come. */
export function gatherPlan(): {
  take: (line: PlanLine) => void
  finished: () => PlanFileReading | undefined
} {
  const lists: Record<ListName, unknown[]> = {
    resources: [],
    tasks: [],
    links: [],
    assignments: [],
    calculatedTasks: [],
    calculatedAssignments: [],
  }
  const baselines: PlanBaseline[] = []
  const extra: PlanFile['extra'] = {}
  const lossLines: LossLine[] = []
  let head: Extract<PlanLine, { head: unknown }>['head'] | undefined
  let reading: PlanFileReading | undefined
  let table: PlanTable | undefined
  const addAll = (target: unknown[], items: unknown[]) => {
    for (const item of items) target.push(item)
  }
  return {
    take(line) {
      if ('sheet' in line) {
        table ??= { format: line.of, sheets: [] }
        table.sheets.push({ name: line.sheet, rows: [] })
      } else if ('rows' in line) addAll(table?.sheets.at(-1)?.rows ?? [], line.rows)
      else if ('refused' in line) reading = { refused: line.refused }
      else if ('head' in line) head = line.head
      else if ('part' in line) addAll(lists[line.part], line.items)
      else if ('extra' in line) for (const [key, elements] of line.extra) extra[key] = elements
      else if ('lossLines' in line) addAll(lossLines, line.lossLines)
      else if ('baseline' in line) {
        if (baselines.at(-1)?.number !== line.baseline) {
          baselines.push({ number: line.baseline, tasks: [], assignments: [], resources: [] })
        }
        addAll(baselines.at(-1)?.[line.list] ?? [], line.items)
      } else if ('done' in line && head !== undefined) {
        reading = {
          file: assemble(head, lists, baselines, extra),
          loss: { lines: lossLines, counts: line.done },
        }
      }
    },
    finished: () => (reading === undefined || table === undefined ? reading : { ...reading, table }),
  }
}

/** The lines come from our own reader in the child, whose types they carry. */
function assemble(
  head: Extract<PlanLine, { head: unknown }>['head'],
  lists: Record<ListName, unknown[]>,
  baselines: PlanBaseline[],
  extra: PlanFile['extra'],
): PlanFile {
  return {
    format: head.format,
    project: head.project,
    calendars: head.calendars,
    resources: lists.resources as PlanFile['resources'],
    tasks: lists.tasks as PlanFile['tasks'],
    links: lists.links as PlanFile['links'],
    assignments: lists.assignments as PlanFile['assignments'],
    baselines,
    calculated: {
      project: head.calculatedProject,
      tasks: lists.calculatedTasks as PlanFile['calculated']['tasks'],
      assignments: lists.calculatedAssignments as PlanFile['calculated']['assignments'],
    },
    extra,
  }
}
