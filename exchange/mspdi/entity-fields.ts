import type {
  CalculatedAssignment,
  CalculatedTask,
  PlanAssignment,
  PlanResource,
  PlanTask,
} from '../plan-file.ts'
import { type Field, field, fieldMap } from './fields.ts'
import * as values from './values.ts'

/** A reference by uid where less than 0, and as a rule 0, means "none". */
export function reference<Owner, Key extends keyof Owner & string>(
  element: string,
  key: Key,
  none: string,
  zero: 'none' | 'uid' = 'none',
): Field<Owner> {
  const number = values.integer(-2_147_483_648, 2_147_483_647)
  return {
    element,
    vital: true,
    read(text) {
      const found = number.read(text)
      if (found === undefined) return undefined
      return {
        [key]: found > 0 || (found === 0 && zero === 'uid') ? found : undefined,
      } as unknown as Partial<Owner>
    },
    write: (owner) => (owner[key] === undefined ? none : String(owner[key])),
  }
}

const mode = values.oneOf<PlanTask['mode']>(['auto', 'manual'])
const percent = values.integer(0, 100)

const durationFormat: Field<PlanTask> = {
  element: 'DurationFormat',
  vital: false,
  read(text) {
    const format = values.durationFormat.read(text)
    if (format === undefined || format.percent) return undefined
    return { durationUnit: format.unit, durationElapsed: format.elapsed }
  },
  write: (task) =>
    values.durationFormat.write({
      unit: task.durationUnit,
      elapsed: task.durationElapsed,
      percent: false,
      estimated: task.estimated,
    }),
}

/** Of a levelling delay only "by the clock or by working time" matters; its unit is for the eye. */
function levelingFormat<Owner extends { levelingDelayElapsed: boolean }>(): Field<Owner> {
  return {
    element: 'LevelingDelayFormat',
    vital: false,
    read(text) {
      const format = values.durationFormat.read(text)
      return format === undefined ? undefined : ({ levelingDelayElapsed: format.elapsed } as Partial<Owner>)
    },
    write: (owner) => (owner.levelingDelayElapsed ? '8' : '7'),
  }
}

const blank: Field<PlanTask> = {
  element: 'IsNull',
  vital: true,
  read(text) {
    const isNull = values.flag.read(text)
    return isNull === undefined ? undefined : { blank: isNull ? true : undefined }
  },
  write: (task) => (task.blank ? '1' : '0'),
}

export const taskFields = fieldMap<PlanTask>([
  field('UID', 'uid', values.uid, 'vital'),
  field('ID', 'id', values.integer(0, 2_147_483_647)),
  field('Name', 'name', values.text),
  field('Active', 'active', values.flag, 'vital'),
  field('Manual', 'mode', mode, 'vital'),
  field('Type', 'type', values.taskType, 'vital'),
  blank,
  field('WBS', 'wbs', values.text),
  field('OutlineLevel', 'outlineLevel', values.integer(0, 65_535), 'vital'),
  field('Priority', 'priority', values.integer(0, 1000)),
  field('Duration', 'durationMinutes', values.duration, 'vital'),
  field('ManualStart', 'manualStart', values.instant, 'vital'),
  field('ManualFinish', 'manualFinish', values.instant, 'vital'),
  durationFormat,
  field('Work', 'workMinutes', values.work),
  field('Stop', 'stop', values.instant),
  field('Resume', 'resume', values.instant),
  field('EffortDriven', 'effortDriven', values.flag),
  field('Recurring', 'recurring', values.flag),
  field('Estimated', 'estimated', values.flag),
  field('Milestone', 'milestone', values.flag, 'vital'),
  field('Summary', 'summary', values.flag),
  field('SubprojectName', 'subprojectName', values.text),
  field('ExternalTask', 'external', values.flag, 'vital'),
  field('FixedCost', 'fixedCostCents', values.cents),
  field('PercentComplete', 'percentComplete', percent, 'vital'),
  field('PercentWorkComplete', 'percentWorkComplete', percent),
  field('ActualStart', 'actualStart', values.instant, 'vital'),
  field('ActualFinish', 'actualFinish', values.instant, 'vital'),
  field('ActualDuration', 'actualDurationMinutes', values.duration),
  field('ActualWork', 'actualWorkMinutes', values.work),
  field('RemainingDuration', 'remainingDurationMinutes', values.duration),
  field('RemainingWork', 'remainingWorkMinutes', values.work),
  field('ConstraintType', 'constraint', values.constraint, 'vital'),
  reference('CalendarUID', 'calendar', '-1', 'uid'),
  field('ConstraintDate', 'constraintAt', values.instant, 'vital'),
  field('Deadline', 'deadline', values.instant, 'vital'),
  field('LevelAssignments', 'levelAssignments', values.flag),
  field('LevelingCanSplit', 'levelingCanSplit', values.flag),
  field('LevelingDelay', 'levelingDelayMinutes', values.tenths, 'vital'),
  levelingFormat(),
  field('IgnoreResourceCalendar', 'ignoreResourceCalendar', values.flag, 'vital'),
  field('Notes', 'notes', values.text),
  field('PhysicalPercentComplete', 'physicalPercentComplete', percent),
])

export const calculatedTaskFields = fieldMap<CalculatedTask>([
  field('Start', 'start', values.instant),
  field('Finish', 'finish', values.instant),
  field('Critical', 'critical', values.flag),
  field('EarlyStart', 'earlyStart', values.instant),
  field('EarlyFinish', 'earlyFinish', values.instant),
  field('LateStart', 'lateStart', values.instant),
  field('LateFinish', 'lateFinish', values.instant),
  field('FreeSlack', 'freeSlackMinutes', values.tenths),
  field('TotalSlack', 'totalSlackMinutes', values.tenths),
  field('StartSlack', 'startSlackMinutes', values.tenths),
  field('FinishSlack', 'finishSlackMinutes', values.tenths),
])

const resourceType: Field<PlanResource> = {
  element: 'Type',
  vital: true,
  read(text) {
    const type = values.oneOf<PlanResource['type']>(['material', 'work', 'cost']).read(text)
    return type === undefined ? undefined : { type }
  },
  // A cost resource is a material one with IsCostResource set, as programs before 2007 would read it.
  write: (resource) => (resource.type === 'work' ? '1' : '0'),
}

const costResource: Field<PlanResource> = {
  element: 'IsCostResource',
  vital: true,
  read(text) {
    const isCost = values.flag.read(text)
    if (isCost === undefined) return undefined
    return isCost ? { type: 'cost' } : {}
  },
  write: (resource) => (resource.type === 'cost' ? '1' : '0'),
}

export const resourceFields = fieldMap<PlanResource>([
  field('UID', 'uid', values.uid, 'vital'),
  field('ID', 'id', values.integer(0, 2_147_483_647)),
  field('Name', 'name', values.text),
  resourceType,
  field('Initials', 'initials', values.text),
  field('MaterialLabel', 'materialLabel', values.text),
  field('Code', 'code', values.text),
  field('Group', 'group', values.text),
  field('EmailAddress', 'email', values.text),
  field('MaxUnits', 'maxUnits', values.decimal(0, 60_000_000), 'vital'),
  field('CanLevel', 'canLevel', values.flag),
  reference('CalendarUID', 'calendar', '-1', 'uid'),
  field('Notes', 'notes', values.text),
  field('IsGeneric', 'generic', values.flag),
  field('IsInactive', 'inactive', values.flag),
  costResource,
  field('IsBudget', 'budget', values.flag),
])

export const assignmentFields = fieldMap<PlanAssignment>([
  field('UID', 'uid', values.uid, 'vital'),
  field('TaskUID', 'task', values.uid, 'vital'),
  // -65535 stands for "nobody" in files of Microsoft Project.
  reference('ResourceUID', 'resource', '-65535', 'uid'),
  field('PercentWorkComplete', 'percentWorkComplete', percent),
  field('ActualFinish', 'actualFinish', values.instant, 'vital'),
  field('ActualOvertimeWork', 'actualOvertimeWorkMinutes', values.work),
  field('ActualStart', 'actualStart', values.instant, 'vital'),
  field('ActualWork', 'actualWorkMinutes', values.work),
  field('Delay', 'delayMinutes', values.tenths, 'vital'),
  field('LevelingDelay', 'levelingDelayMinutes', values.tenths, 'vital'),
  levelingFormat(),
  field('OvertimeWork', 'overtimeWorkMinutes', values.work),
  field('RemainingWork', 'remainingWorkMinutes', values.work),
  field('Stop', 'stop', values.instant),
  field('Resume', 'resume', values.instant),
  field('Units', 'units', values.decimal(0, 60_000_000), 'vital'),
  field('Work', 'workMinutes', values.work),
  field('WorkContour', 'contour', values.contour, 'vital'),
])

export const calculatedAssignmentFields = fieldMap<CalculatedAssignment>([
  field('Start', 'start', values.instant),
  field('Finish', 'finish', values.instant),
])
