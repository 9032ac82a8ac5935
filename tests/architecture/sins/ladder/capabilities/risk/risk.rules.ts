export const score = 25
