import type { TestHouse } from '../../apps/server/rest/test-house.ts'
import { machine } from '../../apps/server/world.ts'

/** One project with a row of everything, all texts marked so that they are recognised wherever they turn up. */
export type World = Readonly<Record<(typeof IDS)[number], string>> & { readonly canary: string }

const IDS = [
  'project',
  'bare',
  'calendar',
  'resource',
  'phase',
  'gate',
  'summary',
  'first',
  'second',
  'third',
  'link',
  'assignment',
  'baseline',
  'report',
  'trace',
  'suggestion',
] as const

/** Ids that belong to nothing. */
export function nowhere(): World {
  return { ...freshIds(), canary: 'none' }
}

function freshIds() {
  return Object.fromEntries(IDS.map((name) => [name, machine.newId()])) as Record<
    (typeof IDS)[number],
    string
  >
}

/** Founds a project with calendar, resource, phase, gate, three linked tasks below a summary, and a baseline. */
export async function world({ system }: TestHouse, canary: string): Promise<World> {
  const ids = freshIds()
  const { project, first, second, third } = ids
  const say = (what: string) => `${canary} ${what}`
  await system('project.create', { id: project, name: say('project'), start: '2026-01-05T08:00:00' })
  await system('project.create', { id: ids.bare, name: say('bare project'), start: '2026-01-05T08:00:00' })
  const week = [[], ...Array.from({ length: 5 }, () => [{ fromMinute: 480, toMinute: 960 }]), []]
  await system('calendar.add', { id: ids.calendar, in: project, name: say('calendar'), week })
  await system('resource.add', {
    id: ids.resource,
    in: project,
    name: say('resource'),
    type: 'work',
    notes: say('notes'),
    email: `${canary.toLowerCase()}@harborline.example`,
  })
  await system('phase.add', { id: ids.phase, in: project, name: say('phase'), rank: 'a' })
  await system('gate.add', { id: ids.gate, in: project, name: say('gate') })
  for (const [id, name] of [
    [ids.summary, 'summary'],
    [first, 'first'],
    [second, 'second'],
    [third, 'third'],
  ] as const) {
    await system('task.create', { id, project, name: say(name), durationMinutes: 960 })
  }
  await system('task.indent', { tasks: [first, second] })
  await system('task.link', { links: [{ id: ids.link, predecessor: first, successor: second }] })
  await system('task.assign', {
    assignments: [{ id: ids.assignment, task: second, resource: ids.resource, units: 1 }],
  })
  // A second task at the same time, so that there is something to level.
  const clash = machine.newId()
  await system('task.create', { id: clash, project, name: say('clash'), durationMinutes: 1920 })
  await system('task.assign', {
    assignments: [{ id: machine.newId(), task: clash, resource: ids.resource, units: 1 }],
  })
  // Held by a date, so that the health check has something to put right.
  const held = machine.newId()
  await system('task.create', { id: held, project, name: say('held'), durationMinutes: 480 })
  await system('task.constrain', {
    tasks: [{ id: held, constraint: 'mso', at: '2026-01-06T08:00:00' }],
  })
  await system('health.setLimits', { in: project, limits: { lagsPercent: 10 } })
  const answer = { question: '1.1', grade: 'met', evidence: say('evidence') }
  await system('health.answer', { project, ...answer })
  await system('baseline.take', { id: ids.baseline, project, number: 0, name: say('baseline') })
  const ends = { from: { kind: 'task', id: first }, to: { kind: 'task', id: third } }
  await system('trace.add', { id: ids.trace, ...ends, type: 'affects' })
  await system('suggestion.add', {
    id: ids.suggestion,
    project,
    action: 'task.edit',
    input: { tasks: [{ id: first, name: say('suggested') }] },
    why: say('why'),
  })
  await system('report.draft', { id: ids.report, project, to: '2026-01-16', baseline: 0 })
  await system('report.write', { report: ids.report, words: { summary: say('words') } })
  return { ...ids, canary }
}

/** What an action is asked with; ids of people and shared rows come from `shared`. */
export type Shared = {
  readonly person: string
  readonly role: string
  readonly membership: string
  readonly token: string
  readonly template: string
  readonly plan: string
  readonly table: string
}
type Sample = (w: World, shared: Shared) => Record<string, unknown>

const id = () => machine.newId()

/** A plausible input for each action and question. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  'people.setUp': () => ({
    organisation: 'Second',
    person: id(),
    name: 'Eve',
    email: 'eve@harborline.example',
  }),
  'organisation.add': () => ({ id: id(), name: 'Northwind Consulting', type: 'vendor' }),
  'person.add': () => ({ id: id(), name: 'Nora Falk' }),
  'person.edit': (_w, { person }) => ({ id: person, function: 'Tester' }),
  'person.erase': (_w, { person }) => ({ id: person }),
  'role.grant': (w, { person, role }) => ({ id: id(), person, role, in: w.project }),
  'role.withdraw': (_w, { membership }) => ({ id: membership }),
  'role.edit': (_w, { role }) => ({ id: role, name: 'Onlooker' }),
  'token.add': () => ({
    id: id(),
    name: 'Assistant',
    permissions: ['*.read'],
    endsOn: '2199-12-31',
    hash: machine.newId().replaceAll('-', '').repeat(2),
  }),
  'token.revoke': (_w, { token }) => ({ id: token }),
  'library.setUp': () => ({}),
  'template.add': () => ({
    id: id(),
    name: 'Begin',
    about: 'One task.',
    steps: [{ action: 'task.create', input: { id: '$new:task', project: '$project', name: 'Begin' } }],
  }),
  'template.save': (w) => ({ id: id(), project: w.project, name: 'Ours', about: 'As we do it.' }),
  'template.remove': (_w, { template }) => ({ id: template }),
  'template.use': (_w, { template }) => ({ id: id(), template, name: 'Next', start: '2026-12-01T08:00:00' }),
  'template.show': (_w, { template }) => ({ template }),
  'desk.show': () => ({}),
  'desk.news': () => ({ after: 0 }),
  'suggestion.add': (w) => ({
    id: id(),
    project: w.project,
    action: 'task.edit',
    input: { tasks: [{ id: w.first, name: 'Analysis' }] },
    why: 'As the minutes say.',
  }),
  'suggestion.accept': (w) => ({ suggestion: w.suggestion }),
  'suggestion.decline': (w) => ({ suggestion: w.suggestion, reply: 'Not now.' }),
  'calendar.add': (w) => ({
    id: id(),
    in: w.project,
    name: 'Night shift',
    base: w.calendar,
    week: Array(7).fill([]),
  }),
  'calendar.edit': (w) => ({ id: w.calendar, name: 'Short week' }),
  'resource.add': (w) => ({ id: id(), in: w.project, name: 'DBA', type: 'work', calendar: w.calendar }),
  'resource.edit': (w) => ({ id: w.resource, calendar: w.calendar, group: 'Database' }),
  'project.create': () => ({ id: id(), name: 'Archive', start: '2026-03-02T08:00:00' }),
  'project.edit': (w) => ({ project: w.project, calendar: w.calendar, purpose: 'One ledger' }),
  'phase.add': (w) => ({ id: id(), in: w.project, name: 'Rollout', rank: 'b' }),
  'phase.remove': (w) => ({ id: w.phase }),
  'gate.add': (w) => ({ id: id(), in: w.project, name: 'G2', phase: w.phase }),
  'gate.decide': (w) => ({ id: w.gate, decision: 'passed', on: '2026-02-02' }),
  'task.create': (w) => ({ id: id(), project: w.project, name: 'Rehearsal', after: w.second }),
  'task.edit': (w) => ({ tasks: [{ id: w.first, name: 'Analysis', calendar: w.calendar }] }),
  'task.move': (w) => ({ tasks: [w.third], after: w.first }),
  'task.indent': (w) => ({ tasks: [w.third] }),
  'task.outdent': (w) => ({ tasks: [w.second] }),
  'task.remove': (w) => ({ tasks: [w.third] }),
  'task.link': (w) => ({ links: [{ id: id(), predecessor: w.second, successor: w.third }] }),
  'link.edit': (w) => ({ links: [{ id: w.link, type: 'ss' }] }),
  'task.unlink': (w) => ({ links: [w.link] }),
  'task.assign': (w) => ({ assignments: [{ id: id(), task: w.first, resource: w.resource, units: 0.5 }] }),
  'assignment.edit': (w) => ({ assignments: [{ id: w.assignment, units: 0.5 }] }),
  'task.unassign': (w) => ({ assignments: [w.assignment] }),
  'task.constrain': (w) => ({ tasks: [{ id: w.first, constraint: 'snet', at: '2026-01-12T08:00:00' }] }),
  'task.progress': (w) => ({ tasks: [{ id: w.first, percentComplete: 50 }] }),
  'schedule.reschedule': (w) => ({ project: w.project, after: '2026-01-12T08:00:00' }),
  'baseline.take': (w) => ({ id: id(), project: w.project, number: 1 }),
  'schedule.level': (w) => ({ project: w.project, schedules: 10 }),
  'health.setLimits': (w) => ({ in: w.project, limits: { leadsPercent: 1 } }),
  'health.answer': (w) => ({ project: w.project, question: '8.1', grade: 'notMet' }),
  'health.fix': (w) => ({ project: w.project, point: 5 }),
  'schedule.import': (_w, { plan }) => ({ id: id(), fileName: 'clinic-move.xml', plan }),
  'trace.add': (w) => ({
    id: id(),
    from: { kind: 'task', id: w.first },
    to: { kind: 'task', id: w.second },
    type: 'relatesTo',
  }),
  'trace.remove': (w) => ({ id: w.trace }),
  'trace.of': (w) => ({ kind: 'task', id: w.first }),
  'people.members': (w) => ({ project: w.project }),
  'project.list': () => ({}),
  'schedule.show': (w) => ({ project: w.project, baseline: 0, drivers: true }),
  'schedule.compare': (w) => ({ project: w.project, with: { baseline: 0 } }),
  'schedule.explain': (w) => ({ project: w.project, task: w.second }),
  'schedule.load': (w) => ({ project: w.project, by: 'day', resource: w.resource }),
  'schedule.conflicts': (w) => ({ project: w.project }),
  'schedule.health': (w) => ({ project: w.project, baseline: 0 }),
  'schedule.practices': (w) => ({ project: w.project }),
  'schedule.trend': (w) => ({ project: w.project }),
  'schedule.healthTrend': (w) => ({ project: w.project }),
  'schedule.levelPreview': (w) => ({ project: w.project, schedules: 10 }),
  'schedule.resourceCritical': (w) => ({ project: w.project }),
  'schedule.export': (w) => ({ project: w.project }),
  'schedule.readTable': (_w, { table }) => ({ table, reading: { dayOrder: 'dayFirst' } }),
  'report.draft': (w) => ({ id: id(), project: w.bare, to: '2026-01-30' }),
  'report.write': (w) => ({ report: w.report, words: { summary: 'On the way.' } }),
  'report.discard': (w) => ({ report: w.report }),
  'report.publish': (w) => ({ report: w.report }),
  'report.status': (w) => ({ report: w.report }),
}
