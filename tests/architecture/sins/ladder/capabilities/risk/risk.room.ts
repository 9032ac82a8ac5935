export const RISK = 'risk'
