import { html } from '../../paper/html.ts'
export const statusReport = html
