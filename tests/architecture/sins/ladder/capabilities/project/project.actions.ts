import { score } from '../risk/risk.rules.ts'
export const project = score
