import { rate } from './rate.ts'
export const cents = rate
