export const risk = 'risk'
