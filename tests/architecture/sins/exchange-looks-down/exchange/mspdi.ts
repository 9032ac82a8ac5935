import { paragraph } from '../paper/blocks.ts'
export const loss = paragraph
