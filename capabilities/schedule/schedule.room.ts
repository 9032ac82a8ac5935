import type { Room } from '../../kernel/registry.ts'
import { assignTasks, editAssignments, unassignTasks } from './schedule.actions/assign.ts'
import { takeBaseline } from './schedule.actions/baseline.ts'
import { conflictsOfSchedule } from './schedule.actions/conflicts.ts'
import { constrainTasks, createTask, editTasks, removeTasks } from './schedule.actions/edit.ts'
import { answerPractice, fixHealth, setHealthLimits } from './schedule.actions/health.ts'
import { importSchedule, readTable } from './schedule.actions/import.ts'
import { levelSchedule, previewLevelling, resourceCriticalPath } from './schedule.actions/level.ts'
import { editLinks, linkTasks, unlinkTasks } from './schedule.actions/link.ts'
import { loadOfSchedule } from './schedule.actions/load.ts'
import { indentTasks, moveTasks, outdentTasks } from './schedule.actions/outline.ts'
import { progressTasks } from './schedule.actions/progress.ts'
import { rescheduleSchedule } from './schedule.actions/reschedule.ts'
import { Assignment, Baseline, HealthLimits, Link, PracticeAnswer, Task } from './schedule.model.ts'
import { ownTasks, planPart } from './schedule.parts.ts'
import {
  compareSchedule,
  explainSchedule,
  exportSchedule,
  healthOfSchedule,
  practicesOfSchedule,
  showSchedule,
  trendOfHealth,
  trendOfSchedule,
} from './schedule.queries.ts'
import { refuseUnsound } from './schedule.rules/check.ts'

export const SCHEDULE: Room = {
  name: 'schedule',
  title: 'Schedules',
  records: [Task, Link, Assignment, Baseline, HealthLimits, PracticeAnswer],
  actions: [
    createTask,
    editTasks,
    moveTasks,
    indentTasks,
    outdentTasks,
    removeTasks,
    linkTasks,
    editLinks,
    unlinkTasks,
    assignTasks,
    editAssignments,
    unassignTasks,
    constrainTasks,
    progressTasks,
    rescheduleSchedule,
    takeBaseline,
    levelSchedule,
    setHealthLimits,
    fixHealth,
    answerPractice,
    importSchedule,
  ],
  queries: [
    showSchedule,
    compareSchedule,
    explainSchedule,
    loadOfSchedule,
    conflictsOfSchedule,
    healthOfSchedule,
    practicesOfSchedule,
    trendOfHealth,
    trendOfSchedule,
    previewLevelling,
    resourceCriticalPath,
    readTable,
    exportSchedule,
  ],
  parts: [planPart, ownTasks],
  holds: refuseUnsound,
  permissions: { 'schedule.progress': 'Record progress', 'schedule.rates': 'See fixed costs' },
}
