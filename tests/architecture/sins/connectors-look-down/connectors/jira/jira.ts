import { serve } from '../../apps/server/serve.ts'
export const mirror = serve
