export const html = 'html'
