import { score } from '../risk/risk.rules.ts'
export const PROJECT = score
