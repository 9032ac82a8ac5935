import { HYBRID } from './hybrid.ts'
import { PM2 } from './pm2.ts'
import { SCRUM } from './scrum.ts'
import { WATERFALL } from './waterfall.ts'

/** The templates that come with the product. */
export const STANDARD_TEMPLATES = [WATERFALL, SCRUM, HYBRID, PM2]
