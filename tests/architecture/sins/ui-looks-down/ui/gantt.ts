import { task } from '../capabilities/schedule/schedule.model.ts'
export const rows = task
