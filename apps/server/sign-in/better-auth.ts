import { randomBytes } from 'node:crypto'
import type { BetterAuthOptions } from 'better-auth'
import { Fault } from '../../../kernel/fault.ts'
import type { Directory, Someone } from './directory.ts'
import { type Cookies, type OneTimeLink, PASSWORD_LENGTH, type SignIn } from './sign-in.ts'

// The only file that knows better-auth. It takes half a second to load, so that it is loaded beside the start.

const LINK_SECONDS = 15 * 60
const SESSION_SECONDS = 14 * 24 * 60 * 60
// Its endpoints are called as functions; no request ever reaches this address.
const NOWHERE = 'http://helmward.invalid'

export type Keeping = {
  /** Where accounts and sessions are kept: an adapter, or a pool whose search path is the schema `auth`. */
  readonly database: NonNullable<BetterAuthOptions['database']>
  /** Signs cookies; the same for all processes on one database. */
  readonly secret: string
  readonly secureCookies: boolean
  readonly log: (line: string) => void
  readonly end: () => Promise<void>
}

/** Sign-in by better-auth. `open` is called once, when the first sign-in or `warm` needs it. */
export function betterAuthSignIn(directory: Directory, open: () => Promise<Keeping>): SignIn {
  let opened: Promise<Auth> | undefined
  const auth = () => {
    opened ??= open().then((keeping) => build(keeping, directory))
    opened.catch(() => {
      opened = undefined
    })
    return opened
  }
  return {
    warm: async () => void (await auth()),
    of: async (cookie) =>
      cookie?.includes('helmward.session') ? (await signedIn(await auth(), cookie))?.who : undefined,
    withPassword: async (email, password) => byPassword(await auth(), email, password),
    withLink: async (token) => byLink(await auth(), token),
    issueLink: async (person) => issue(await auth(), person),
    setPassword: async (cookie, password, present) => choosePassword(await auth(), cookie, password, present),
    signOut: async (cookie) => {
      const response = await (await auth()).api.signOut({ headers: headersWith(cookie), asResponse: true })
      return response.headers.getSetCookie()
    },
    forget: async (person) => forgetPerson(await (await auth()).context, person),
    close: async () => void (await (await opened)?.end()),
  }
}

async function signedIn({ api, directory }: Auth, cookie: string | undefined) {
  const found = await api.getSession({ headers: headersWith(cookie) })
  const person = found && (await directory.byId(personOf(found.user)))
  return person ? { who: { person: person.id, session: found.session.id }, ...found } : undefined
}

/** An unknown address costs the same time as a wrong password: better-auth hashes in either case. */
async function byPassword(auth: Auth, email: string, password: string): Promise<Cookies> {
  const person = await auth.directory.byEmail(email)
  if (person) await accountOf(await auth.context, person)
  const response = await auth.api.signInEmail({
    body: { email: person?.email ?? 'nobody@helmward.invalid', password },
    headers: new Headers(),
    asResponse: true,
  })
  if (!response.ok || !person) throw wrong()
  return response.headers.getSetCookie()
}

async function issue(auth: Auth, id: string): Promise<OneTimeLink> {
  const person = await auth.directory.byId(id)
  if (!person) throw new Fault('person.missing', 'Person not found, or without an e-mail address.', { id })
  await accountOf(await auth.context, person)
  const token = randomBytes(24).toString('base64url')
  const email = person.email.toLowerCase()
  auth.tokens.set(email, [...(auth.tokens.get(email) ?? []), token])
  await auth.api.signInMagicLink({ body: { email }, headers: new Headers() })
  return { token, expiresAt: new Date(Date.now() + LINK_SECONDS * 1000).toISOString() }
}

async function byLink(auth: Auth, token: string): Promise<Cookies> {
  const response = await auth.api.magicLinkVerify({
    query: { token },
    headers: new Headers(),
    asResponse: true,
  })
  const cookies = response.headers.getSetCookie()
  if (response.ok && (await signedIn(auth, pairsOf(cookies)))) return cookies
  throw new Fault(
    'signIn.linkSpent',
    'This link has been used or is older than 15 minutes. Ask for a new one.',
  )
}

async function choosePassword(
  auth: Auth,
  cookie: string | undefined,
  password: string,
  present: string | undefined,
): Promise<void> {
  const found = await signedIn(auth, cookie)
  if (!found) throw new Fault('signIn.needed', 'Sign in first.')
  demandLength(password)
  const { internalAdapter, password: hashing } = await auth.context
  const userId = found.user.id
  const account = await internalAdapter.findCredentialAccount(userId)
  const cameByLink = (found.session as { door?: unknown }).door === 'link'
  const isProven =
    present !== undefined && account?.password
      ? await hashing.verify({ hash: account.password, password: present })
      : cameByLink || !account?.password
  if (!isProven) throw wrong()
  const hash = await hashing.hash(password)
  if (account) await internalAdapter.updatePassword(userId, hash)
  else {
    const credential = { userId, providerId: 'credential', accountId: userId, password: hash }
    await internalAdapter.linkAccount(credential)
  }
  for (const session of await internalAdapter.listSessions(userId)) {
    if (session.token !== found.session.token) await internalAdapter.deleteSession(session.token)
  }
}

async function forgetPerson({ internalAdapter, adapter }: Context, person: string): Promise<void> {
  const where = [{ field: 'person', value: person }]
  const user = await adapter.findOne<{ id: string }>({ model: 'user', where })
  if (!user) return
  await internalAdapter.deleteUserSessions(user.id)
  await internalAdapter.deleteUser(user.id)
}

type Auth = Awaited<ReturnType<typeof build>>
type Context = Awaited<Auth['context']>

async function build(keeping: Keeping, directory: Directory) {
  const [{ betterAuth }, { magicLink }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins/magic-link'),
  ])
  const tokens = new Map<string, string[]>()
  const auth = betterAuth({
    ...authOptions(keeping),
    plugins: [
      magicLink({
        storeToken: 'hashed',
        expiresIn: LINK_SECONDS,
        disableSignUp: true,
        generateToken: (email) => {
          const token = tokens.get(email)?.shift()
          if (!token) throw new Error('a link was asked for without a token')
          return token
        },
        sendMagicLink: () => undefined,
      }),
    ],
  })
  return { api: auth.api, context: auth.$context, tokens, directory, end: keeping.end }
}

/** What better-auth is told, apart from its plugins; its tables follow from this. */
export function authOptions(keeping: Keeping) {
  return {
    baseURL: NOWHERE,
    database: keeping.database,
    secret: keeping.secret,
    telemetry: { enabled: false },
    logger: {
      level: 'error' as const,
      log: (_level: unknown, message: string) => keeping.log(`sign-in: ${message}`),
    },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: PASSWORD_LENGTH.most,
    },
    user: {
      additionalFields: { person: { type: 'string' as const, required: true, unique: true, input: false } },
    },
    session: {
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
      additionalFields: { door: { type: 'string' as const, required: false, input: false } },
    },
    advanced: {
      cookiePrefix: 'helmward',
      useSecureCookies: keeping.secureCookies,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, path: '/' },
      ipAddress: { disableIpTracking: true },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session: Record<string, unknown>, context: { path?: string } | null) => ({
            data: { ...session, door: context?.path?.startsWith('/magic-link') ? 'link' : 'password' },
          }),
        },
      },
    },
  } satisfies BetterAuthOptions
}

/** The account of a person, made or brought up to the directory: the people room is where names and addresses live. */
async function accountOf({ adapter, internalAdapter }: Context, person: Someone): Promise<void> {
  const email = person.email.toLowerCase()
  const user = await adapter.findOne<{ id: string; email: string; name: string }>({
    model: 'user',
    where: [{ field: 'person', value: person.id }],
  })
  if (!user) {
    await internalAdapter.createUser(
      { email, name: person.name, emailVerified: true, person: person.id },
      { method: 'directory' },
    )
  } else if (user.email !== email || user.name !== person.name) {
    await internalAdapter.updateUser(user.id, { email, name: person.name })
  }
}

function personOf(user: object): string {
  return String((user as { person?: unknown }).person ?? '')
}

function headersWith(cookie: string | undefined): Headers {
  return new Headers(cookie === undefined ? {} : { cookie })
}

function pairsOf(cookies: Cookies): string {
  return cookies.map((line) => line.split(';')[0]).join('; ')
}

function demandLength(password: string): void {
  const { least, most } = PASSWORD_LENGTH
  if ([...password].length < least)
    throw new Fault('password.tooShort', `A password has at least ${least} characters.`, { least })
  if (password.length > most)
    throw new Fault('password.tooLong', `A password has at most ${most} characters.`, { most })
}

function wrong(): Fault {
  return new Fault('signIn.wrong', 'E-mail address or password is wrong.')
}
