export const serve = 'serve'
