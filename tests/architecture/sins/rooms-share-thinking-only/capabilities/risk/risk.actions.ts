import { charter } from '../project/project.documents.ts'
export const open = charter
