import { readPlan } from '../exchange/mspdi.ts'
export const bars = readPlan
