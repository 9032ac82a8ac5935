/**
 * Who may do what, written by hand and read by nobody but the test: the code decides rights from roles kept as data,
 * this table says what people were promised. A new action or question fails the test until it stands here.
 *
 * Administrator: of the whole workspace. Manager, member, viewer: of the project that is asked about. Outsider: manager
 * of another project. Anonymous: not signed in.
 */
export const CALLERS = ['administrator', 'manager', 'member', 'viewer', 'outsider', 'anonymous'] as const
export type Caller = (typeof CALLERS)[number]

const admin = ['administrator'] as const
const managing = ['administrator', 'manager'] as const
const working = ['administrator', 'manager', 'member'] as const
const reading = ['administrator', 'manager', 'member', 'viewer'] as const
/** Whoever manages any project may found another. */
const founding = ['administrator', 'manager', 'outsider'] as const

export const MAY_ACT: Readonly<Record<string, readonly Caller[]>> = {
  // Refused even to the administrator once it was done: it makes the first one.
  'people.setUp': [],
  'organisation.add': admin,
  'person.add': admin,
  'person.edit': admin,
  'person.erase': admin,
  // Within the own project, and never a role that opens more than one holds oneself.
  'role.grant': managing,
  'role.withdraw': managing,
  'role.edit': admin,
  // For oneself alone, and never more than one holds.
  'token.add': [...reading, 'outsider'],
  // One's own; another's only as administrator.
  'token.revoke': admin,
  'library.setUp': founding,
  'template.add': founding,
  'template.save': managing,
  'template.remove': founding,
  'template.use': founding,
  'suggestion.add': working,
  'suggestion.accept': managing,
  'suggestion.decline': managing,
  'calendar.add': managing,
  'calendar.edit': managing,
  'resource.add': managing,
  'resource.edit': managing,
  'project.create': founding,
  'project.edit': managing,
  'phase.add': managing,
  'phase.remove': managing,
  'gate.add': managing,
  'gate.decide': managing,
  'task.create': managing,
  'task.edit': managing,
  'task.move': managing,
  'task.indent': managing,
  'task.outdent': managing,
  'task.remove': managing,
  'task.link': managing,
  'link.edit': managing,
  'task.unlink': managing,
  'task.assign': managing,
  'assignment.edit': managing,
  'task.unassign': managing,
  'task.constrain': managing,
  'task.progress': working,
  'schedule.reschedule': managing,
  'baseline.take': managing,
  'schedule.level': managing,
  'health.setLimits': managing,
  'health.answer': managing,
  'health.fix': managing,
  'schedule.import': founding,
  'trace.add': managing,
  'trace.remove': managing,
  'report.draft': managing,
  'report.write': managing,
  'report.discard': managing,
  'report.publish': managing,
}

export const MAY_ASK: Readonly<Record<string, readonly Caller[]>> = {
  'people.members': managing,
  'project.list': [...reading, 'outsider'],
  'template.show': [...reading, 'outsider'],
  // Whoever works in the house has a desk; what lies on it is their own.
  'desk.show': [...reading, 'outsider'],
  'desk.news': [...reading, 'outsider'],
  'schedule.show': reading,
  'schedule.compare': reading,
  'schedule.explain': reading,
  'schedule.load': reading,
  'schedule.conflicts': reading,
  'schedule.health': reading,
  'schedule.practices': reading,
  'schedule.trend': reading,
  'schedule.healthTrend': reading,
  'schedule.levelPreview': reading,
  'schedule.resourceCritical': reading,
  'schedule.export': reading,
  'schedule.readTable': founding,
  'report.status': reading,
  'trace.of': reading,
}

/** Registers: rows of the own project. Shared rows (people, organisations, roles) are seen by every member. */
export const MAY_LIST: Readonly<Record<string, readonly Caller[]>> = {
  organisation: [...reading, 'outsider'],
  person: [...reading, 'outsider'],
  role: [...reading, 'outsider'],
  membership: reading,
  token: [...reading, 'outsider'],
  template: [...reading, 'outsider'],
  suggestion: reading,
  trace: reading,
  calendar: reading,
  resource: reading,
  project: reading,
  phase: reading,
  gate: reading,
  task: reading,
  link: reading,
  assignment: reading,
  baseline: reading,
  healthLimits: reading,
  practiceAnswer: reading,
  report: reading,
}
