import { createHash, randomBytes } from 'node:crypto'
import { Token } from '../../../capabilities/people/people.model.ts'
import { type Actor, SYSTEM } from '../../../kernel/access.ts'
import type { Ledger } from '../../../kernel/ledger/ledger.ts'

/** How a secret begins, so that people and scanners of leaks know it when they see it. */
export const TOKEN_PREFIX = 'hw_'

/** Which tokens open the house; rights are looked up anew for each request. */
export type TokenBook = {
  /** The actor of a secret; undefined when it is unknown, was taken back, or has ended. */
  of(secret: string): Promise<Actor | undefined>
}

/** A new secret and the hash under which it is known. */
export function newTokenSecret(): { readonly secret: string; readonly hash: string } {
  const secret = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`
  return { secret, hash: hashOfSecret(secret) }
}

/** The hash of a secret: 256 random bits need no salt and no slow function. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** The tokens of the workspace by hash. What it read is kept until a change touches a token. */
export function tokenBookOf(ledger: Ledger, clock: () => number): TokenBook {
  let kept: { seq: number; byHash: Map<string, { actor: Actor; endsOn: string }> } | undefined
  const tokens = () =>
    ledger.read(SYSTEM, async (read) => {
      const seq = await read.lastTouch([Token])
      if (kept?.seq === seq) return kept
      const byHash = new Map(
        (await read.all(Token)).map(({ id, name, hash, endsOn }) => [
          hash,
          { actor: { kind: 'token' as const, id, name }, endsOn },
        ]),
      )
      kept = { seq, byHash }
      return kept
    })
  return {
    of: async (secret) => {
      const found = (await tokens()).byHash.get(hashOfSecret(secret))
      return found && found.endsOn >= new Date(clock()).toISOString().slice(0, 10) ? found.actor : undefined
    },
  }
}
