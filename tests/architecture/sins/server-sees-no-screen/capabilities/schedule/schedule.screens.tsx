export const Plan = () => <main />
