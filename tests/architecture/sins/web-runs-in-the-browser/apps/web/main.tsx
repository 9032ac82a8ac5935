import { hostname } from 'node:os'
export const title = hostname
