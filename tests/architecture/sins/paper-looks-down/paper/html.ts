import { readPlan } from '../exchange/mspdi.ts'
export const html = readPlan
