import { pages } from '../pages.ts'
export const serve = pages
