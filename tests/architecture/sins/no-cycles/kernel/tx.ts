import type { Action } from './action.ts'
export type Tx = { perform: (action: Action) => void }
