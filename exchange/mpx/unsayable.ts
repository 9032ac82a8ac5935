import type { LossLog } from '../loss-log.ts'
import type { PlanFile } from '../plan-file.ts'
import { type Changed, type Sayable, sayChanged, sayUnsaid } from '../unsaid.ts'

/** Says what of a plan MPX cannot say, and what it says in another form. */
export function sayUnsayable(file: PlanFile, loss: LossLog): void {
  sayUnsaid(file, SAYABLE, loss)
  sayChanged([...coarseTasks(file), ...coarseStaff(file)], loss)
}

const SAYABLE: Sayable = {
  project: [
    'name',
    'title',
    'company',
    'manager',
    'author',
    'start',
    'finish',
    'scheduleFrom',
    'calendar',
    'minutesPerDay',
    'minutesPerWeek',
    'defaultStartMinute',
    'splitsInProgressTasks',
    'currencySymbol',
    'currencyDigits',
  ],
  calendar: ['uid', 'name', 'base', 'shared', 'week', 'exceptions'],
  resource: ['uid', 'id', 'name', 'initials', 'group', 'code', 'email', 'notes', 'maxUnits', 'calendar'],
  task: [
    'uid',
    'id',
    'name',
    'notes',
    'outlineLevel',
    'parentUid',
    'wbs',
    'summary',
    'milestone',
    'durationMinutes',
    'durationElapsed',
    'durationUnit',
    'estimated',
    'workMinutes',
    'constraint',
    'constraintAt',
    'priority',
    'levelingDelayMinutes',
    'levelingDelayElapsed',
    'actualStart',
    'actualFinish',
    'percentComplete',
    'percentWorkComplete',
    'actualDurationMinutes',
    'remainingDurationMinutes',
    'actualWorkMinutes',
    'remainingWorkMinutes',
    'stop',
    'resume',
    'fixedCostCents',
    'subprojectName',
    'type',
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
    'overtimeWorkMinutes',
    'delayMinutes',
  ],
  baselines: [0],
}

/** Coarser priorities, types of task, links that leave the file. */
function coarseTasks({ project, tasks, links }: PlanFile): Changed[] {
  const odd = tasks.filter(({ priority }) => priority % 100 !== 0 || priority === 0)
  const byWork = tasks.filter(({ type }) => type === 'fixedWork')
  const units = tasks.filter(({ durationUnit }) => durationUnit !== 'minutes')
  const lags = links.filter(({ lagUnit }) => lagUnit !== undefined)
  const leaving = links.filter(({ crossProject }) => crossProject !== undefined)
  const named = project.title !== undefined && project.title !== project.name ? 1 : 0
  return [
    ['project', 'name', named, 'name of the file: the title is written'],
    ['task', 'priority', odd.length, 'priorities go as the nearest of ten words'],
    ['task', 'type', byWork.length, 'tasks of fixed work go as tasks of fixed units'],
    ['task', 'durationUnit', units.length, 'durations may be read in another unit'],
    ['link', 'lagUnit', lags.length, 'lags may be read in another unit'],
    ['link', 'crossProject', leaving.length, 'links to other files are left out'],
  ]
}

/** Base and private calendars, what assignments lose. */
function coarseStaff({ assignments, calendars, resources }: PlanFile): Changed[] {
  const isPrivate = new Set(calendars.filter(({ shared }) => !shared).map(({ uid }) => uid))
  const owners = resources.map(({ calendar }) => calendar).filter((uid) => isPrivate.has(uid ?? -1))
  const based = calendars.filter(({ shared, base }) => shared && base !== undefined)
  const begun = assignments.filter(({ actualStart }) => actualStart !== undefined)
  const done = assignments.filter(({ actualFinish }) => actualFinish !== undefined)
  const nobody = assignments.filter(({ resource }) => resource === undefined)
  return [
    ['assignment', 'actualStart', begun.length, 'actual starts of assignments are not read again'],
    ['assignment', 'actualFinish', done.length, 'actual finishes of assignments are not read again'],
    ['assignment', 'uid', nobody.length, 'assignments of nobody are left out'],
    ['assignment', 'uid', assignments.length, 'assignments get new numbers'],
    ['calendar', 'uid', calendars.length, 'calendars get new numbers'],
    ['calendar', 'base', based.length, 'named calendars go without the one they are based on'],
    ['calendar', 'name', isPrivate.size, 'private calendars get the name of their resource'],
    ['resource', 'calendar', owners.length - new Set(owners).size, 'resources get a private calendar each'],
    ['resource', 'calendar', owners.length, 'private calendars get new numbers'],
  ]
}
