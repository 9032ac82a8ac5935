import { PROJECT } from '../capabilities/project/project.room.ts'
import { RISK } from '../capabilities/risk/risk.room.ts'

export const ROOMS: readonly string[] = [PROJECT, RISK]
