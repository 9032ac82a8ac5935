import { project } from '../capabilities/project/project.actions.ts'
import { risk } from '../capabilities/risk/risk.actions.ts'

export const rooms = [project, risk]
