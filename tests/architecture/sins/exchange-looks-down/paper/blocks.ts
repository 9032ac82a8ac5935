export const paragraph = 'p'
