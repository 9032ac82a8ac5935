import type { Room } from '../../kernel/registry.ts'
import { assignTasks, editAssignments, unassignTasks } from './schedule.actions/assign.ts'
import { takeBaseline } from './schedule.actions/baseline.ts'
import { constrainTasks, createTask, editTasks, removeTasks } from './schedule.actions/edit.ts'
import { importSchedule } from './schedule.actions/import.ts'
import { levelSchedule, previewLevelling } from './schedule.actions/level.ts'
import { editLinks, linkTasks, unlinkTasks } from './schedule.actions/link.ts'
import { indentTasks, moveTasks, outdentTasks } from './schedule.actions/outline.ts'
import { progressTasks } from './schedule.actions/progress.ts'
import { Assignment, Baseline, Link, Task } from './schedule.model.ts'
import {
  compareSchedule,
  explainSchedule,
  exportSchedule,
  healthOfSchedule,
  showSchedule,
} from './schedule.queries.ts'
import { refuseUnsound } from './schedule.rules/check.ts'

export const SCHEDULE: Room = {
  name: 'schedule',
  title: 'Schedules',
  records: [Task, Link, Assignment, Baseline],
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
    takeBaseline,
    levelSchedule,
    importSchedule,
  ],
  queries: [
    showSchedule,
    compareSchedule,
    explainSchedule,
    healthOfSchedule,
    previewLevelling,
    exportSchedule,
  ],
  holds: refuseUnsound,
  permissions: { 'schedule.progress': 'Record progress', 'schedule.rates': 'See fixed costs' },
}
