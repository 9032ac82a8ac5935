import type { PlanAssignment, PlanProject, PlanResource, PlanTask } from './plan-file.ts'

// What a plan file means where it says nothing: the usual of Microsoft Project, on which all formats agree here.

/** What a task is when the file says nothing: the defaults of the format. */
export const restingTask: Omit<PlanTask, 'uid'> = {
  name: '',
  outlineLevel: 1,
  summary: false,
  active: true,
  mode: 'auto',
  milestone: false,
  type: 'fixedUnits',
  effortDriven: false,
  durationMinutes: null,
  durationElapsed: false,
  estimated: false,
  workMinutes: 0,
  constraint: 'asap',
  ignoreResourceCalendar: false,
  priority: 500,
  levelingDelayMinutes: 0,
  levelingDelayElapsed: true,
  levelingCanSplit: true,
  levelAssignments: true,
  percentComplete: 0,
  percentWorkComplete: 0,
  physicalPercentComplete: 0,
  actualDurationMinutes: 0,
  remainingDurationMinutes: 0,
  actualWorkMinutes: 0,
  remainingWorkMinutes: 0,
  external: false,
  recurring: false,
  fixedCostCents: 0,
}

export const restingResource: Omit<PlanResource, 'uid'> = {
  name: '',
  type: 'work',
  maxUnits: 1,
  generic: false,
  inactive: false,
  budget: false,
  canLevel: true,
}

export const restingAssignment: Omit<PlanAssignment, 'uid' | 'task'> = {
  units: 1,
  workMinutes: 0,
  actualWorkMinutes: 0,
  remainingWorkMinutes: 0,
  overtimeWorkMinutes: 0,
  actualOvertimeWorkMinutes: 0,
  percentWorkComplete: 0,
  delayMinutes: 0,
  levelingDelayMinutes: 0,
  levelingDelayElapsed: false,
  contour: 'flat',
}

/** The defaults of Microsoft Project for a new plan. */
export const restingProject: PlanProject = {
  name: '',
  scheduleFrom: 'start',
  minutesPerDay: 480,
  minutesPerWeek: 2400,
  daysPerMonth: 20,
  defaultStartMinute: 480,
  defaultFinishMinute: 1020,
  honorConstraints: true,
  criticalSlackLimitMinutes: 0,
  multipleCriticalPaths: false,
  splitsInProgressTasks: true,
  newTasksAreManual: false,
  currencyDigits: 2,
  weekStartDay: 1,
}
