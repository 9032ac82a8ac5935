import { changed, leftOut } from '../mspdi/read-context.ts'
import type { Instant, PlanLink, PlanTask } from '../plan-file.ts'
import type { ActivityRead } from './read-activity.ts'
import { idOf, minutesOf, type Reading, wordOf } from './row-values.ts'
import { cell } from './tables.ts'
import { rowsOf, type XerDraft } from './xer-draft.ts'

const LINK_TYPES = { PR_FS: 'fs', PR_SS: 'ss', PR_FF: 'ff', PR_SF: 'sf' } as const

/** The relations between the activities of the project. */
export function readRelations(draft: XerDraft, activities: ReadonlyMap<number, ActivityRead>): PlanLink[] {
  const { tables, context, projectId } = draft
  const links: PlanLink[] = []
  const known = new Set<string>()
  const lagCalendar = schedulingOption(draft, 'sched_calendar_on_relationship_lag')
  let lags = 0
  let spans = 0
  for (const row of rowsOf(tables, 'TASKPRED')) {
    if (cell(row, 'proj_id') !== '' && cell(row, 'proj_id') !== projectId) continue
    const where = { kind: 'link' as const }
    const reading: Reading = { row, where, context }
    const successor = idOf(row, 'task_id', where, context)
    const predecessor = idOf(row, 'pred_task_id', where, context)
    const type = wordOf(reading, 'pred_type', LINK_TYPES) ?? 'fs'
    const minutes = minutesOf(reading, 'lag_hr_cnt', Number.NEGATIVE_INFINITY) ?? 0
    if (successor === undefined || predecessor === undefined) continue
    const from = activities.get(predecessor)
    const to = activities.get(successor)
    const key = `${predecessor}>${successor}:${type}`
    const at = { ...where, uid: successor, ...(to ? { name: to.task.name } : {}) }
    if (!from || !to) {
      const gone = from ? successor : predecessor
      leftOut(
        context,
        at,
        `the link is left out: activity ${gone} is not in this project`,
        row.line,
        'pred_task_id',
      )
    } else if (from === to) leftOut(context, at, 'the activity is linked to itself', row.line, 'pred_task_id')
    else if (known.has(key))
      leftOut(context, at, `the link to activity ${predecessor} is given twice`, row.line)
    else if (from.type === 'span' || to.type === 'span') spans += 1
    else {
      known.add(key)
      if (minutes !== 0) lags += 1
      const kind = lagCalendar === 'rcal_24Hour' ? 'elapsed' : 'working'
      links.push({ predecessor, successor, type, lag: { kind, minutes }, lagUnit: 'days' })
    }
  }
  if (spans > 0)
    leftOut(context, { kind: 'link' }, `${spans} links of level of effort and summary activities`)
  if (lags > 0 && (lagCalendar === 'rcal_Predecessor' || lagCalendar === 'rcal_ProjDefault')) {
    const whose = lagCalendar === 'rcal_Predecessor' ? "the predecessor's" : "the project's"
    const text = `${lags} lags are counted in ${whose} calendar there, in the successor's here`
    changed(context, { kind: 'link' }, text, undefined, 'sched_calendar_on_relationship_lag')
  }
  return links
}

export function schedulingOption({ tables, projectId }: XerDraft, column: string): string {
  const row = rowsOf(tables, 'SCHEDOPTIONS').find((each) => cell(each, 'proj_id') === projectId)
  return row ? cell(row, column) : ''
}

/**
 * Primavera plans nothing before the data date. What has not begun and waits for nothing unfinished gets it as its
 * earliest start; everything behind follows through its links.
 */
export function holdBehindDataDate(
  tasks: readonly PlanTask[],
  links: readonly PlanLink[],
  dataDate: Instant,
  draft: XerDraft,
): void {
  const byUid = new Map(tasks.map((task) => [task.uid, task]))
  const waiting = new Set<number>()
  for (const { predecessor, successor, type } of links) {
    const before = byUid.get(predecessor)
    const holds = type === 'fs' ? before?.actualFinish === undefined : before?.actualStart === undefined
    if (holds) waiting.add(successor)
  }
  let held = 0
  for (const task of tasks) {
    if (task.summary || !task.active || task.mode === 'manual' || task.actualStart !== undefined) continue
    const isEarlier = task.constraint === 'snet' && (task.constraintAt ?? '') < dataDate
    if (waiting.has(task.uid) || !(task.constraint === 'asap' || isEarlier)) continue
    task.constraint = 'snet'
    task.constraintAt = dataDate
    held += 1
  }
  if (held === 0) return
  const text = `${held} activities that have not begun start no earlier than the data date, ${dataDate.slice(0, 10)}`
  changed(draft.context, { kind: 'project' }, text, draft.project.line, 'last_recalc_date')
}
