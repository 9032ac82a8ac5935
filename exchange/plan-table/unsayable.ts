import { openLossLog } from '../loss-log.ts'
import type { LossReport, PlanFile } from '../plan-file.ts'
import { type Changed, type Sayable, sayChanged, sayUnsaid } from '../unsaid.ts'

const SAYABLE: Sayable = {
  project: ['start', 'calendar'],
  resource: ['uid', 'id', 'name', 'maxUnits'],
  task: [
    'uid',
    'id',
    'name',
    'notes',
    'outlineLevel',
    'parentUid',
    'wbs',
    'summary',
    'active',
    'mode',
    'milestone',
    'durationMinutes',
    'durationElapsed',
    'durationUnit',
    'estimated',
    'workMinutes',
    'constraint',
    'constraintAt',
    'deadline',
    'priority',
    'actualStart',
    'actualFinish',
    'percentComplete',
    'manualStart',
    'manualFinish',
    'actualDurationMinutes',
    'remainingDurationMinutes',
    'remainingWorkMinutes',
  ],
  link: ['predecessor', 'successor', 'type', 'lag', 'lagUnit', 'crossProject'],
  assignment: [
    'uid',
    'task',
    'resource',
    'units',
    'workMinutes',
    'actualWorkMinutes',
    'remainingWorkMinutes',
    'percentWorkComplete',
  ],
}

/** What of a plan a table cannot say, and what is read from it in another form. */
export function lossOf(file: PlanFile, shortened: number): LossReport {
  const loss = openLossLog()
  const text = `${file.tasks.length} tasks as rows of a table`
  loss.note({ level: 'taken', where: { kind: 'file' }, text })
  sayUnsaid(file, SAYABLE, loss)
  sayChanged([...reckonedTasks(file), ...reckonedStaff(file)], loss)
  if (shortened > 0)
    loss.note({
      level: 'changed',
      where: { kind: 'task' },
      field: 'notes',
      text: `${shortened} texts are cut: too long for a cell`,
    })
  return loss.report()
}

/** Figures that the reader of a table reckons anew from the others: a table has no place for them. */
function reckonedTasks({ tasks, links }: PlanFile): Changed[] {
  const length = 'actualDurationMinutes, remainingDurationMinutes'
  const inWork = tasks.filter(
    (task) =>
      task.actualDurationMinutes !== 0 || task.remainingDurationMinutes !== (task.durationMinutes ?? 0),
  )
  const worked = tasks.filter((task) => task.remainingWorkMinutes !== task.workMinutes)
  const blank = tasks.filter((task) => task.blank)
  const summaries = tasks.filter(({ summary }) => summary)
  const rolledUp =
    'durationMinutes, durationElapsed, durationUnit, estimated, workMinutes, percentComplete, actualStart, actualFinish, milestone'
  const units = tasks.filter(({ durationUnit }) => durationUnit !== 'days')
  const lags = links.filter(({ lagUnit }) => lagUnit !== 'days')
  const leaving = links.filter(({ crossProject }) => crossProject !== undefined)
  return [
    [
      'task',
      length,
      inWork.length,
      'actual and remaining durations follow from the progress when it is read',
    ],
    ['task', 'remainingWorkMinutes', worked.length, 'tasks: the remaining work is read as the whole work'],
    ['task', 'durationUnit', units.length, 'durations may be read in another unit'],
    ['task', 'blank, id, uid', blank.length, 'empty rows are left out, the rest is numbered anew'],
    ['task', rolledUp, summaries.length, 'summaries: what is rolled up from below is not read'],
    ['link', 'lagUnit', lags.length, 'lags are read in days'],
    ['link', 'crossProject', leaving.length, 'links to other files are left out'],
  ]
}

function reckonedStaff({ resources, assignments }: PlanFile): Changed[] {
  const others = resources.filter(({ type }) => type !== 'work')
  const shares =
    'uid, resource, units, workMinutes, actualWorkMinutes, remainingWorkMinutes, percentWorkComplete'
  return [
    ['project', 'calendar', 1, 'calendar of the project: Monday to Friday, 8 to 17, is read instead'],
    ['project', 'start', 1, 'start of the project: the earliest start of a task is read instead'],
    [
      'resource',
      'uid, id, maxUnits',
      resources.length,
      'resources are numbered anew, with the most units of a task',
    ],
    ['resource', 'name, type, uid', others.length, 'materials and costs are left out'],
    ['assignment', shares, assignments.length, 'assignments: work is shared out anew by units and progress'],
  ]
}
