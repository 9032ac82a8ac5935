import type { Room } from '../../kernel/registry.ts'
import * as actions from './people.actions.ts'
import { Calendar, Membership, Organisation, Person, Resource, Role, Token } from './people.model.ts'
import { accessBook, keepAnAdministrator } from './people.rules.ts'

export const PEOPLE: Room = {
  name: 'people',
  title: 'People',
  records: [Organisation, Person, Role, Membership, Token, Calendar, Resource],
  actions: [
    actions.setUpWorkspace,
    actions.addOrganisation,
    actions.addPerson,
    actions.editPerson,
    actions.erasePerson,
    actions.grantRole,
    actions.withdrawRole,
    actions.editRole,
    actions.addToken,
    actions.revokeToken,
    actions.addCalendar,
    actions.editCalendar,
    actions.addResource,
    actions.editResource,
  ],
  queries: [actions.members],
  holds: keepAnAdministrator,
  permissions: {
    'people.admin': 'Manage roles and members, erase persons',
    'people.personal': 'See e-mail addresses and other personal fields',
    'people.rates': 'See rates',
    'people.internal': 'See what only administrators need, such as hashes of tokens',
  },
  access: { kinds: ['person', 'role', 'membership', 'token'], book: accessBook },
}
