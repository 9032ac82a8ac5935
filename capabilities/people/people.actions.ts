import { z } from 'zod'
import { action, query } from '../../kernel/action.ts'
import { Fault } from '../../kernel/fault.ts'
import { denied } from '../../kernel/ledger/read.ts'
import type { Tx } from '../../kernel/ledger/tx.ts'
import { applied, patchShape, type Stored } from '../../kernel/record.ts'
import { Calendar, Membership, Organisation, Person, Resource, Role, Token } from './people.model.ts'
import { FIRST_ROLES } from './people.rules.ts'

const id = z
  .uuid()
  .meta({ title: 'Id', description: 'Made by the caller, so that asking again does nothing twice.' })

/** First set-up of a workspace: the four roles, our organisation, and the administrator. */
export const setUpWorkspace = action('people.setUp', {
  title: 'Set up the workspace',
  about: 'Makes the first roles, the own organisation and its administrator. Refused once there are roles.',
  allow: 'people.admin',
  final: 'without roles nobody could enter the workspace any more',
  input: z.strictObject({
    organisation: Organisation.schema.shape.name,
    person: id,
    name: Person.schema.shape.name,
    email: Person.schema.shape.email,
  }),
  run: async (tx, { organisation, person, name, email }) => {
    if ((await tx.all(Role)).length > 0) {
      throw new Fault('people.setUpDone', 'This workspace is set up already.')
    }
    const roles = Object.fromEntries(Object.keys(FIRST_ROLES).map((key) => [key, tx.newId()]))
    await tx.putAll(
      Role,
      Object.entries(FIRST_ROLES).map(([key, role]) => ({ id: roles[key] ?? '', project: null, ...role })),
    )
    const own = tx.newId()
    await tx.put(Organisation, { id: own, project: null, name: organisation, type: 'own' })
    await tx.put(Person, { id: person, project: null, name, email, organisation: own })
    await tx.put(Membership, { id: tx.newId(), project: null, person, role: roles.administrator ?? '' })
    return { roles, organisation: own, person }
  },
})

export const addOrganisation = action('organisation.add', {
  title: 'Add an organisation',
  about: 'Adds a company or body: own, vendor, client or other.',
  allow: 'people.write',
  input: z.strictObject({ id, ...Organisation.schema.shape }),
  run: async (tx, { id: key, ...fields }) => tx.put(Organisation, { id: key, project: null, ...fields }),
})

export const addPerson = action('person.add', {
  title: 'Add a person',
  about: 'Adds somebody to the directory. They can sign in once they have an e-mail address and a role.',
  allow: 'people.write',
  input: z.strictObject({ id, ...Person.schema.shape }),
  run: async (tx, { id: key, ...fields }) => tx.put(Person, { id: key, project: null, ...fields }),
})

export const editPerson = action('person.edit', {
  title: 'Edit a person',
  about: 'Changes name, address, organisation, function, or notes that a person has left.',
  allow: 'people.write',
  input: z.strictObject({ id: z.uuid().meta({ title: 'Person', ref: 'person' }), ...patchShape(Person) }),
  run: async (tx, { id: key, ...patch }) => tx.change(Person, await tx.get(Person, key), applied(patch)),
})

export const erasePerson = action('person.erase', {
  title: 'Erase a person',
  about:
    'Removes name, address and all other personal values of a person and of the resources that stand for them, from now and from the whole history. What they did stays, under no name.',
  allow: 'people.admin',
  final: 'erased values are gone from the history too',
  input: z.strictObject({ id: z.uuid().meta({ title: 'Person', ref: 'person' }) }),
  run: async (tx, { id: key }) => {
    const person = await tx.get(Person, key)
    const bare = { name: 'Erased person', email: undefined, left: true }
    await tx.change(Person, person, bare)
    await tx.erasePersonal(Person, [key])
    const resources = (await tx.all(Resource)).filter((resource) => resource.person === key)
    const blank = { name: 'Erased person', initials: undefined, email: undefined, notes: undefined }
    await tx.changeAll(
      Resource,
      resources.map((row) => ({ row, patch: blank })),
    )
    await tx.erasePersonal(
      Resource,
      resources.map((resource) => resource.id),
    )
    return { resources: resources.length }
  },
})

export const grantRole = action('role.grant', {
  title: 'Give a role',
  about: 'Gives a person a role in one project, or everywhere.',
  allow: 'people.admin',
  input: z.strictObject({ id, ...Membership.schema.shape }),
  run: async (tx, { id: key, ...fields }) => {
    demandNoMoreThanOwn(tx, await tx.get(Role, fields.role), fields.in ?? ANY_PROJECT)
    await tx.put(Membership, { id: key, project: fields.in ?? null, ...fields })
  },
})

export const withdrawRole = action('role.withdraw', {
  title: 'Take a role back',
  about: 'Ends a membership. The last administrator cannot be taken.',
  allow: 'people.admin',
  input: z.strictObject({ id: z.uuid().meta({ title: 'Membership', ref: 'membership' }) }),
  run: async (tx, { id: key }) => tx.remove(Membership, [key]),
})

export const editRole = action('role.edit', {
  title: 'Edit a role',
  about: 'Changes what the holders of a role may do.',
  allow: 'people.admin',
  input: z.strictObject({ id: z.uuid().meta({ title: 'Role', ref: 'role' }), ...patchShape(Role) }),
  run: async (tx, { id: key, ...patch }) => {
    const role = await tx.get(Role, key)
    const added = (now: readonly string[], before: readonly string[]) =>
      now.filter((permission) => !before.includes(permission))
    const opened = {
      permissions: added(patch.permissions ?? [], role.permissions),
      sharedPermissions: added(patch.sharedPermissions ?? [], role.sharedPermissions),
    }
    demandNoMoreThanOwn(tx, opened, ANY_PROJECT)
    await tx.change(Role, role, applied(patch))
  },
})

/** The id of no project: who holds a permission there holds it everywhere. */
const ANY_PROJECT = 'any project'

/** Nobody gives more than they hold: refuses `access.denied` for a role that opens more than the giver has there. */
function demandNoMoreThanOwn(
  tx: Tx,
  role: Pick<Stored<typeof Role>, 'permissions' | 'sharedPermissions'>,
  place: string,
): void {
  const lacking = [
    ...role.permissions.filter((permission) => !tx.allows(permission, place)),
    ...role.sharedPermissions.filter((permission) => !tx.allows(permission, null)),
  ]
  if (lacking[0] !== undefined) throw denied(lacking[0])
}

export const addToken = action('token.add', {
  title: 'Add a token',
  about:
    'Lets a program act for you, with a part of your rights, until a day. Give the SHA-256 of the secret: the secret itself is kept nowhere.',
  allow: 'people.read',
  final: 'what a program did with it stays done; take the token back instead',
  input: z.strictObject({ id, ...Token.schema.omit({ person: true }).shape }),
  run: async (tx, { id: key, ...fields }) => {
    if (tx.actor.kind !== 'person')
      throw new Fault('token.notAPerson', 'Only a person can give a token, not another token.')
    if (fields.endsOn < tx.at.slice(0, 10))
      throw new Fault('token.ended', 'This day is past: the token would open nothing.', {
        endsOn: fields.endsOn,
      })
    await tx.put(Token, { id: key, project: null, person: tx.actor.id, ...fields })
  },
})

export const revokeToken = action('token.revoke', {
  title: 'Take a token back',
  about: 'Ends a token at once: your own, or any as administrator.',
  allow: 'people.read',
  final: 'a token that was taken back may be in wrong hands',
  input: z.strictObject({ id: z.uuid().meta({ title: 'Token', ref: 'token' }) }),
  run: async (tx, { id: key }) => {
    const token = await tx.get(Token, key)
    if (token.person !== tx.actor.id && !tx.allows('people.admin', null)) throw denied('people.admin')
    await tx.remove(Token, [key])
  },
})

const place = z
  .uuid()
  .meta({ title: 'Project', ref: 'project', description: 'Absent: shared by all projects.' })
  .optional()

export const addCalendar = action('calendar.add', {
  title: 'Add a calendar',
  about: 'Adds working time: a week, exceptions, a base calendar; for one project or shared by all.',
  allow: 'people.write',
  input: z.strictObject({ id, in: place, ...Calendar.schema.shape }),
  run: async (tx, { id: key, in: project, ...fields }) =>
    tx.put(Calendar, { id: key, project: project ?? null, ...fields }),
})

export const editCalendar = action('calendar.edit', {
  title: 'Edit a calendar',
  about: 'Changes working time; every date that rests on it follows.',
  allow: 'people.write',
  input: z.strictObject({
    id: z.uuid().meta({ title: 'Calendar', ref: 'calendar' }),
    ...patchShape(Calendar),
  }),
  run: async (tx, { id: key, ...patch }) => tx.change(Calendar, await tx.get(Calendar, key), applied(patch)),
})

export const addResource = action('resource.add', {
  title: 'Add a resource',
  about: 'Adds who or what does the work: a person, a role to be filled, material or a cost.',
  allow: 'people.write',
  input: z.strictObject({ id, in: place, ...Resource.schema.shape }),
  run: async (tx, { id: key, in: project, ...fields }) =>
    tx.put(Resource, { id: key, project: project ?? null, ...fields }),
})

export const editResource = action('resource.edit', {
  title: 'Edit a resource',
  about: 'Changes name, availability, calendar or the person that a resource stands for.',
  allow: 'people.write',
  input: z.strictObject({
    id: z.uuid().meta({ title: 'Resource', ref: 'resource' }),
    ...patchShape(Resource),
  }),
  run: async (tx, { id: key, ...patch }) => tx.change(Resource, await tx.get(Resource, key), applied(patch)),
})

/** Who is a member of what, with names. */
export const members = query('people.members', {
  title: 'Members',
  about: 'Who holds which role where, in the projects whose members one may manage, or in one of them.',
  allow: 'people.admin',
  input: z.strictObject({ project: place }),
  run: async (read, { project }) => {
    const mayManage = (where: string) => read.allows('people.admin', where)
    if (project !== undefined && !mayManage(project)) throw denied('people.admin')
    const [persons, roles, rows] = await Promise.all([read.all(Person), read.all(Role), read.all(Membership)])
    const nameOf = new Map(persons.map((person) => [person.id, person.name]))
    const roleOf = new Map(roles.map((role) => [role.id, role.name]))
    return rows
      .filter(
        (row) => row.in === undefined || (project === undefined ? mayManage(row.in) : row.in === project),
      )
      .map((row) => ({
        id: row.id,
        person: row.person,
        name: nameOf.get(row.person) ?? '',
        role: roleOf.get(row.role) ?? '',
        project: row.in ?? null,
      }))
  },
})
