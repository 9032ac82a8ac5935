import type { PlanProject } from '../plan-file.ts'
import { reference } from './entity-fields.ts'
import { type Field, field, fieldMap } from './fields.ts'
import * as values from './values.ts'

const scheduleFrom: Field<PlanProject> = {
  element: 'ScheduleFromStart',
  vital: true,
  read(text) {
    const isFromStart = values.flag.read(text)
    return isFromStart === undefined ? undefined : { scheduleFrom: isFromStart ? 'start' : 'finish' }
  },
  write: (project) => (project.scheduleFrom === 'start' ? '1' : '0'),
}

export const projectFields = fieldMap<PlanProject>([
  field('Name', 'name', values.text),
  field('Title', 'title', values.text),
  field('Author', 'author', values.text),
  field('Manager', 'manager', values.text),
  field('Company', 'company', values.text),
  scheduleFrom,
  field('StartDate', 'start', values.instant, 'vital'),
  field('FinishDate', 'finish', values.instant, 'vital'),
  reference('CalendarUID', 'calendar', '-1', 'uid'),
  field('StatusDate', 'statusDate', values.instant, 'vital'),
  field('MinutesPerDay', 'minutesPerDay', values.integer(1, 1440)),
  field('MinutesPerWeek', 'minutesPerWeek', values.integer(1, 10_080)),
  field('DaysPerMonth', 'daysPerMonth', values.integer(0, 31)),
  field('DefaultStartTime', 'defaultStartMinute', values.minuteOfDay),
  field('DefaultFinishTime', 'defaultFinishMinute', values.minuteOfDay),
  field('HonorConstraints', 'honorConstraints', values.flag, 'vital'),
  field('MultipleCriticalPaths', 'multipleCriticalPaths', values.flag),
  field('SplitsInProgressTasks', 'splitsInProgressTasks', values.flag),
  field('NewTasksAreManual', 'newTasksAreManual', values.flag),
  field('CurrencyCode', 'currency', values.text),
  field('CurrencySymbol', 'currencySymbol', values.text),
  field('CurrencyDigits', 'currencyDigits', values.integer(0, 4)),
  field('WeekStartDay', 'weekStartDay', values.integer(0, 6)),
])
