export const send = 'slack'
