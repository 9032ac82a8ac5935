import { Person } from '../../../capabilities/people/people.model.ts'
import { SYSTEM } from '../../../kernel/access.ts'
import type { Ledger } from '../../../kernel/ledger/ledger.ts'
import type { Stored } from '../../../kernel/record.ts'

/** A person who may sign in. */
export type Someone = { readonly id: string; readonly name: string; readonly email: string }

/** The people of the workspace as sign-in knows them: those with an e-mail address who have not left. */
export type Directory = {
  byId(id: string): Promise<Someone | undefined>
  byEmail(email: string): Promise<Someone | undefined>
}

/** The directory over the people room. What it read is kept until a change touches a person. */
export function directoryOf(ledger: Ledger): Directory {
  let kept: { seq: number; ids: Map<string, Someone>; emails: Map<string, Someone> } | undefined
  const people = () =>
    ledger.read(SYSTEM, async (read) => {
      const seq = await read.lastTouch([Person])
      if (kept?.seq === seq) return kept
      const all = (await read.all(Person)).flatMap((person) => someone(person))
      kept = {
        seq,
        ids: new Map(all.map((each) => [each.id, each])),
        emails: new Map(all.map((each) => [each.email.toLowerCase(), each])),
      }
      return kept
    })
  return {
    byId: async (id) => (await people()).ids.get(id),
    byEmail: async (email) => (await people()).emails.get(email.trim().toLowerCase()),
  }
}

function someone({ id, name, email, left }: Stored<typeof Person>): Someone[] {
  return email === undefined || left ? [] : [{ id, name, email }]
}
