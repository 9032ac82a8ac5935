export { Plan as pages } from '../capabilities/schedule/schedule.screens.tsx'
