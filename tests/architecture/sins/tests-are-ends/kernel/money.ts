import { sample } from './money.test.ts'
export const cents = sample
