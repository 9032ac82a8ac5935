import { risk } from '../capabilities/risk/risk.model.ts'
export const kinds = [risk]
