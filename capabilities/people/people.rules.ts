import { type AccessBook, type Actor, type Grant, narrowed } from '../../kernel/access.ts'
import { Fault } from '../../kernel/fault.ts'
import type { Read, Written } from '../../kernel/ledger/tx.ts'
import type { Fields, Stored } from '../../kernel/record.ts'
import { type Calendar, Membership, Person, Role, type Token } from './people.model.ts'

type RoleText = Pick<Fields<typeof Role>, 'name' | 'permissions' | 'sharedPermissions'>

/** The roles every workspace starts with; they are rows like any other and can be changed. */
export const FIRST_ROLES: Readonly<Record<'administrator' | 'manager' | 'member' | 'viewer', RoleText>> = {
  administrator: { name: 'Administrator', permissions: ['*'], sharedPermissions: ['*'] },
  manager: {
    name: 'Manager',
    permissions: ['*.read', 'people.*', 'project.*', 'schedule.*', 'report.*', 'trace.*', 'suggestion.*'],
    sharedPermissions: ['*.read', 'project.create', 'library.write'],
  },
  member: {
    name: 'Member',
    permissions: ['*.read', 'schedule.progress', 'suggestion.write'],
    sharedPermissions: ['*.read'],
  },
  viewer: { name: 'Viewer', permissions: ['*.read'], sharedPermissions: ['*.read'] },
}

/**
 * Computes rights and names from persons, roles, memberships and tokens. A person who has left holds nothing; a token
 * opens what it names of what its owner holds at that moment.
 */
export function accessBook(rows: (kind: string) => readonly Readonly<Record<string, unknown>>[]): AccessBook {
  const persons = new Map((rows('person') as unknown as Stored<typeof Person>[]).map((row) => [row.id, row]))
  const roles = new Map((rows('role') as unknown as Stored<typeof Role>[]).map((row) => [row.id, row]))
  const grants = new Map<string, Grant[]>()
  for (const membership of rows('membership') as unknown as Stored<typeof Membership>[]) {
    const role = roles.get(membership.role)
    const person = persons.get(membership.person)
    if (!role || !person || person.left) continue
    const list = grants.get(person.id) ?? []
    grants.set(person.id, list)
    const reach = membership.in === undefined ? ('everywhere' as const) : { project: membership.in }
    list.push({ permissions: role.permissions, reach })
    list.push({ permissions: role.sharedPermissions, reach: 'workspace' })
  }
  const tokens = new Map((rows('token') as unknown as Stored<typeof Token>[]).map((row) => [row.id, row]))
  const ofToken = (actor: Actor) => {
    const token = tokens.get(actor.id)
    return token ? narrowed(grants.get(token.person) ?? [], token.permissions, token.in) : []
  }
  const tokenName = (id: string) => {
    const token = tokens.get(id)
    return token && `${token.name} (${persons.get(token.person)?.name ?? 'someone'})`
  }
  return {
    grantsOf: (actor) => (actor.kind === 'token' ? ofToken(actor) : (grants.get(actor.id) ?? [])),
    nameOf: (id) => persons.get(id)?.name ?? tokenName(id),
  }
}

/**
 * Refuses `people.lastAdministrator` when nobody could manage people any more: whoever does needs a role that opens
 * everything everywhere, and an address to sign in with.
 */
export async function keepAnAdministrator(read: Read, written: readonly Written[]): Promise<void> {
  const taken = written.filter(({ kind, was }) => was && ['membership', 'role', 'person'].includes(kind))
  if (taken.length === 0) return
  const isOpen = (role: unknown) => (role as RoleText | undefined)?.permissions.includes('*') ?? false
  const open = new Set((await read.all(Role)).filter(isOpen).map(({ id }) => id))
  const everywhere = (await read.all(Membership)).filter((row) => row.in === undefined && open.has(row.role))
  const isConcerned = ({ kind, id, was, is }: Written) => {
    if (kind === 'membership') return !is && was?.in === undefined && open.has(String(was?.role))
    if (kind === 'role') return isOpen(was) && !isOpen(is)
    return everywhere.some(({ person }) => person === id) && !(is?.email && !is.left)
  }
  if (!taken.some(isConcerned)) return
  const holders = new Set(everywhere.map(({ person }) => person))
  const able = (await read.all(Person)).some(({ id, email, left }) => holders.has(id) && email && !left)
  if (!able) throw new Fault('people.lastAdministrator', 'Somebody must remain administrator.')
}

const OFFICE_DAY = [
  { fromMinute: 480, toMinute: 720 },
  { fromMinute: 780, toMinute: 1020 },
]

/** Monday to Friday, 8 to 12 and 13 to 17: the week of Microsoft Project's "Standard" calendar. */
export const STANDARD_WEEK: Fields<typeof Calendar>['week'] = [
  [],
  OFFICE_DAY,
  OFFICE_DAY,
  OFFICE_DAY,
  OFFICE_DAY,
  OFFICE_DAY,
  [],
]
