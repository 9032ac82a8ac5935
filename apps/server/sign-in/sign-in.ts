/** Cookies to set, as `Set-Cookie` lines. */
export type Cookies = readonly string[]

/** Somebody who is signed in. */
export type SignedIn = { readonly person: string; readonly session: string }

/** A link that signs its holder in once. */
export type OneTimeLink = { readonly token: string; readonly expiresAt: string }

/**
 * How people prove who they are. The rest of the house knows only this; behind it stands a library.
 * Refusals are the same whether an address is unknown, has no password or another one.
 */
export type SignIn = {
  /** Whose cookie it is; undefined for nobody, an ended session, or a person who has left. */
  of(cookie: string | undefined): Promise<SignedIn | undefined>
  /** Refuses `signIn.wrong`. */
  withPassword(email: string, password: string): Promise<Cookies>
  /** Refuses `signIn.linkSpent` for a token that is unknown, used or older than 15 minutes. */
  withLink(token: string): Promise<Cookies>
  /** Refuses `person.missing` for who is not in the directory, has left or has no e-mail address. */
  issueLink(person: string): Promise<OneTimeLink>
  /**
   * Sets the password of whoever is signed in and ends their other sessions. The present password is needed, unless
   * there is none or the session was opened by a link. Refuses `signIn.needed`, `signIn.wrong`,
   * `password.tooShort`, `password.tooLong`.
   */
  setPassword(cookie: string | undefined, password: string, present?: string): Promise<void>
  signOut(cookie: string | undefined): Promise<Cookies>
  /** Forgets what is kept of a person who was erased. */
  forget(person: string): Promise<void>
  /** Loads what the first sign-in needs, so that nobody waits for it. */
  warm(): Promise<void>
  close(): Promise<void>
}

/** Shortest and longest password, in characters (NIST SP 800-63B-4, 3.1.1.2 asks for at least 8; we for 12). */
export const PASSWORD_LENGTH = { least: 12, most: 256 } as const
