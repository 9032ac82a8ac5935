import { red } from '../../drawing/colours.ts'
export const matrix = red
