import { createStore } from './store.ts'

/** Opens the choice of a plan file; set by whoever takes files in. */
export const fileChooser = createStore<(() => void) | undefined>(undefined)
