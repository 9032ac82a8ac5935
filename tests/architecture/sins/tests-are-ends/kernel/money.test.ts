export const sample = 100
