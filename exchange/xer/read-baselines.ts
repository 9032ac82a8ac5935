import { changed, leftOut } from '../mspdi/read-context.ts'
import type { BaselineLine, PlanBaseline } from '../plan-file.ts'
import type { ActivityRead } from './read-activity.ts'
import { instantOf, minutesOf, type Reading } from './row-values.ts'
import { cell, type XerRow } from './tables.ts'
import { rowsOf, type XerDraft } from './xer-draft.ts'

const MOST_BASELINES = 11

/**
 * The baselines that came along: projects that name this one as their origin. The one that the project compares itself
 * with is number 0, the others follow; activities are matched by their code.
 */
export function readBaselines(
  draft: XerDraft,
  activities: ReadonlyMap<number, ActivityRead>,
): PlanBaseline[] {
  const { tables, context, project, projectId } = draft
  const own = rowsOf(tables, 'PROJECT').filter((row) => cell(row, 'orig_proj_id') === projectId)
  const current = cell(project, 'sum_base_proj_id')
  own.sort((a, b) => Number(cell(b, 'proj_id') === current) - Number(cell(a, 'proj_id') === current))
  for (const row of own.slice(MOST_BASELINES))
    leftOut(
      context,
      { kind: 'project', name: cell(row, 'proj_short_name') },
      'one baseline too many',
      row.line,
    )
  const uidOf = new Map<string, number>()
  for (const { task, code } of activities.values()) if (code !== '') uidOf.set(code, task.uid)
  return own.slice(0, MOST_BASELINES).map((row, number) => {
    const tasks = linesOf(draft, row, uidOf)
    const where = { kind: 'project' as const, name: cell(row, 'proj_short_name') }
    changed(
      context,
      where,
      `becomes baseline ${number} with ${tasks.length} activities, matched by their codes`,
      row.line,
    )
    return { number, tasks, assignments: [], resources: [] }
  })
}

function linesOf(
  { tables, context }: XerDraft,
  baseline: XerRow,
  uidOf: ReadonlyMap<string, number>,
): BaselineLine[] {
  const id = cell(baseline, 'proj_id')
  const lines = new Map<number, BaselineLine>()
  for (const row of rowsOf(tables, 'TASK')) {
    const uid = cell(row, 'proj_id') === id ? uidOf.get(cell(row, 'task_code')) : undefined
    if (uid === undefined) continue
    const reading: Reading = { row, where: { kind: 'task', uid, name: cell(row, 'task_name') }, context }
    const first = (columns: string[]) =>
      columns.map((column) => instantOf(reading, column)).find((each) => each)
    const start = first(['act_start_date', 'early_start_date', 'target_start_date'])
    const finish = first(['act_end_date', 'early_end_date', 'target_end_date'])
    const durationMinutes = minutesOf(reading, 'target_drtn_hr_cnt')
    lines.set(uid, {
      uid,
      ...(start === undefined ? {} : { start }),
      ...(finish === undefined ? {} : { finish }),
      ...(durationMinutes === undefined ? {} : { durationMinutes }),
    })
  }
  return [...lines.values()]
}
