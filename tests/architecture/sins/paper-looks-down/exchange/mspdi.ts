export const readPlan = () => []
