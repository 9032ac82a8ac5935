export const task = 'task'
