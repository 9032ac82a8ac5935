import type { Read, Written } from '../../../kernel/ledger/tx.ts'
import { Project } from '../../project/project.model.ts'
import { readPlan } from './plan.ts'
import { computeRows } from './view.ts'

/**
 * Refuses what would leave a plan that cannot be scheduled any more (a circle of links, a link between a summary task
 * and its own child, no working time, dates beyond 2200 …), so that no door can leave such a plan behind, not even an
 * undo. Computes the plan only where what was written may do that. A plan just imported was judged by its reader.
 */
export async function refuseUnsound(read: Read, written: readonly Written[]): Promise<void> {
  const made = new Set(written.flatMap(({ kind, id, was }) => (kind === 'project' && !was ? [id] : [])))
  const doubtful = written.filter((row) => row.project !== null && !made.has(row.project) && mayBreak(row))
  for (const project of new Set(doubtful.map((row) => row.project ?? ''))) {
    if (await read.find(Project, project)) computeRows(await readPlan(read, project))
  }
}

const PLACING = ['start', 'finish', 'scheduleFrom', 'calendar'] as const

function mayBreak({ kind, was, is }: Written): boolean {
  if (!is) return false
  if (kind === 'link' || kind === 'calendar') return true
  if (kind === 'project') return PLACING.some((field) => was?.[field] !== is[field])
  if (kind === 'task' && was && was.parent !== is.parent) return true
  return (kind === 'task' || kind === 'assignment') && reachesFar(is)
}

const TEN_YEARS_MINUTES = 10 * 365 * 1440
const FAR_DATE = /^(19[01]\d|2(0[5-9]|[12]\d)\d)-\d\d-\d\dT/

/** Spans and dates so large that the plan may end outside the years that can be scheduled. */
function reachesFar(fields: NonNullable<Written['is']>): boolean {
  return Object.entries(fields).some(([name, value]) => {
    if (typeof value === 'number') return name.endsWith('Minutes') && Math.abs(value) > TEN_YEARS_MINUTES
    return typeof value === 'string' && FAR_DATE.test(value)
  })
}
