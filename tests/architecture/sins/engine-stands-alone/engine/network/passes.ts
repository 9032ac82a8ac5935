import type { Day } from '../../kernel/day.ts'
export const statusDay = (day: Day) => day
