import { demandForAll } from '../sign-in/door.ts'
import type { Door } from './doors.ts'

/** Whoever may verify the chain of changes; only a role with all permissions (`*`) holds it at first. */
export const AUDIT_PERMISSION = 'audit.verify'

/** `GET /api/audit.verify` recomputes every digest and hash, and names the first bad change. */
export const auditDoor: Door = (server, house, who) => {
  server.get(
    '/api/audit.verify',
    { config: { rateLimit: { max: 6, timeWindow: 60_000 } } },
    async (request) => {
      const actor = await who(request)
      demandForAll(await house.ledger.rights(actor), AUDIT_PERMISSION)
      return house.ledger.verify()
    },
  )
}
