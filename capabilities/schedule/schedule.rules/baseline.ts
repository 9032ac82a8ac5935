import type { BaselineLine as FileLine, PlanBaseline } from '../../../exchange/plan-file.ts'
import { Fault } from '../../../kernel/fault.ts'
import type { Read } from '../../../kernel/ledger/tx.ts'
import { Baseline, type BaselineLine, type BaselineLines } from '../schedule.model.ts'

/** What a baseline record says of its kept content. */
export type KeptBaseline = { readonly lines: string; readonly taskCount: number }

/** Keeps the content of a baseline as one file. */
export async function keepLines(
  keep: (bytes: Uint8Array) => Promise<string>,
  lines: BaselineLines,
): Promise<KeptBaseline> {
  const bytes = new TextEncoder().encode(JSON.stringify(lines))
  return { lines: await keep(bytes), taskCount: lines.tasks.length }
}

/** The content of a baseline, by the id of the task. Refuses `baseline.missing`. */
export async function readBaseline(read: Read, project: string, number: number): Promise<BaselineLines> {
  const baseline = (await read.all(Baseline, { project })).find((row) => row.number === number)
  if (!baseline) throw new Fault('baseline.missing', `There is no baseline ${number}.`, { project, number })
  return JSON.parse(new TextDecoder().decode(await read.blob(baseline.lines))) as BaselineLines
}

/** The lines of a file's baseline under the ids that its rows have here; lines of unknown rows are left out. */
export function linesFromFile(
  baseline: PlanBaseline,
  ids: Readonly<Record<'task' | 'assignment' | 'resource', ReadonlyMap<number, string>>>,
): BaselineLines {
  const named = (lines: readonly FileLine[], of: ReadonlyMap<number, string>): BaselineLine[] =>
    lines.flatMap(({ uid, ...figures }) => {
      const id = of.get(uid)
      return id === undefined ? [] : [{ id, ...figures }]
    })
  return {
    tasks: named(baseline.tasks, ids.task),
    assignments: named(baseline.assignments, ids.assignment),
    resources: named(baseline.resources, ids.resource),
  }
}
