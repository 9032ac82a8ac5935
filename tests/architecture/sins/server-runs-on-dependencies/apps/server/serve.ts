import { vi } from 'vitest'
export const serve = vi
