import { seed } from '../../tools/seed.ts'
export const serve = seed
