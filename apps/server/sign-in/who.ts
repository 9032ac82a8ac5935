import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../../kernel/access.ts'
import { Fault } from '../../../kernel/fault.ts'
import type { Ledger } from '../../../kernel/ledger/ledger.ts'
import { firstAdministrator } from '../first-start.ts'
import type { Directory, Someone } from './directory.ts'
import type { LocalDoor } from './local-door.ts'
import type { SignIn } from './sign-in.ts'
import { TOKEN_PREFIX, tokenBookOf } from './tokens.ts'

/**
 * Who a request comes from: the person of its session cookie; with `Authorization: Bearer …`, a token or, with the secret
 * of the data folder, the person that its owner names by `Helmward-As: <e-mail>`, else the administrator.
 * Refuses `signIn.needed` and, for an address that nobody has, `person.missing`.
 */
export function whoAsks(house: {
  ledger: Ledger
  signIn: SignIn
  directory: Directory
  clock: () => number
  local?: LocalDoor
}) {
  const tokens = tokenBookOf(house.ledger, house.clock)
  return async (request: FastifyRequest): Promise<Actor> => {
    const bearer = /^Bearer (.{1,200})$/.exec(request.headers.authorization ?? '')?.[1]
    if (bearer?.startsWith(TOKEN_PREFIX)) {
      const token = await tokens.of(bearer)
      if (!token) throw needed()
      return token
    }
    if (bearer !== undefined) {
      if (!house.local?.opens(bearer)) throw needed()
      return actorOf(await namedBy(house, request.headers['helmward-as']))
    }
    const session = await house.signIn.of(request.headers.cookie)
    const person = session && (await house.directory.byId(session.person))
    if (!person) throw needed()
    return actorOf(person)
  }
}

async function namedBy(
  { directory, ledger }: { directory: Directory; ledger: Ledger },
  email: string | string[] | undefined,
): Promise<Pick<Someone, 'id' | 'name'>> {
  if (email === undefined) {
    const administrator = await firstAdministrator(ledger)
    if (administrator) return administrator
  }
  const person = await directory.byEmail(String(email ?? ''))
  if (!person) throw new Fault('person.missing', `Nobody here has the e-mail address "${email}".`, {})
  return person
}

function actorOf({ id, name }: Pick<Someone, 'id' | 'name'>): Actor {
  return { kind: 'person', id, name }
}

function needed(): Fault {
  return new Fault('signIn.needed', 'Sign in first.')
}
