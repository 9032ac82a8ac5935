import { Membership, Person, Role } from '../../capabilities/people/people.model.ts'
import { SYSTEM } from '../../kernel/access.ts'
import type { Ledger } from '../../kernel/ledger/ledger.ts'
import { machine } from './world.ts'

/** Who runs this workspace, for the sign-in link that is printed at the start. */
export type Administrator = { readonly id: string; readonly name: string; readonly email: string }

/** Makes roles, the own organisation, its administrator and the standard templates in a workspace that has none. */
export async function setUpWorkspace(ledger: Ledger, email: string): Promise<void> {
  const input = { organisation: 'My organisation', person: machine.newId(), name: 'Administrator', email }
  await ledger.perform({ actor: SYSTEM, action: 'people.setUp', input, via: 'start' })
  await ledger.perform({ actor: SYSTEM, action: 'library.setUp', input: {}, via: 'start' })
}

/** Whoever has been administrator longest of those who can sign in; undefined before the set-up. */
export async function firstAdministrator(ledger: Ledger): Promise<Administrator | undefined> {
  return ledger.read(SYSTEM, async (read) => {
    const open = new Set(
      (await read.all(Role)).filter(({ permissions }) => permissions.includes('*')).map(({ id }) => id),
    )
    const held = (await read.all(Membership))
      .filter((membership) => membership.in === undefined && open.has(membership.role))
      .sort((a, b) => a.seq - b.seq)
    const people = new Map((await read.all(Person)).map((person) => [person.id, person]))
    for (const { person: id } of held) {
      const person = people.get(id)
      if (person?.email && !person.left) return { id, name: person.name, email: person.email }
    }
    return undefined
  })
}
