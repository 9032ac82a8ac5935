import { STANDARD_WEEK } from '../../capabilities/people/people.rules.ts'
import { COMPANY, DAYS_OFF, PEOPLE, TEAMS, VENDORS } from './company.ts'
import { BUILD } from './plan-build.ts'
import { CONCEPT } from './plan-concept.ts'
import { ROLL_OUT } from './plan-rollout.ts'
import { type AuthoredTask, MINUTES_PER_DAY, predecessorOf, rowsOf } from './plan-words.ts'
import type { Stage } from './stage.ts'

/** Who signs in to the demo first. */
export const DEMO_EMAIL = 'maya.okafor@harborline.example'

/** The whole work breakdown, top to bottom. */
export const WORK = [...CONCEPT, ...BUILD, ...ROLL_OUT]

/** The company with its people, vendors and calendars, before there is any project. */
export async function foundCompany({ id, at, perform, shift }: Stage): Promise<void> {
  const [maya] = PEOPLE
  at('2026-01-26', '14:00')
  await perform('nobody', 'people.setUp', {
    organisation: COMPANY,
    person: id('person', 'maya'),
    name: maya?.name,
    email: DEMO_EMAIL,
  })
  await perform('maya', 'library.setUp', {})
  for (const { key, name, country } of VENDORS) {
    await perform('maya', 'organisation.add', { id: id('organisation', key), name, type: 'vendor', country })
  }
  for (const [place, { name, days }] of Object.entries(DAYS_OFF)) {
    const exceptions = days.map(shift.day).map((day) => ({
      name: 'Public holiday',
      from: day,
      to: day,
      shifts: [],
    }))
    await perform('maya', 'calendar.add', {
      id: id('calendar', place),
      name,
      week: STANDARD_WEEK,
      exceptions,
    })
  }
  at('2026-01-28', '14:00')
  await perform('maya', 'person.edit', { id: id('person', 'maya'), function: maya?.function })
  for (const { key, name, function: does, vendor } of PEOPLE.slice(1)) {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@${vendor ?? 'harborline'}.example`
    const organisation = vendor === undefined ? {} : { organisation: id('organisation', vendor) }
    await perform('maya', 'person.add', {
      id: id('person', key),
      name,
      email,
      function: does,
      ...organisation,
    })
  }
}

/** The project with its phases, gates and team. */
export async function createProject(stage: Stage, roles: Readonly<Record<string, string>>): Promise<void> {
  const { id, at, perform, shift, project } = stage
  at('2026-02-09', '14:00')
  await perform('maya', 'project.create', {
    id: project,
    name: 'ERP: finance to a cloud suite',
    code: 'ERP',
    method: 'hybrid',
    start: shift.time('2026-03-02T08:00:00'),
    zone: 'America/New_York',
    currency: 'USD',
    purpose:
      'Replace the ledgers of three companies by one cloud suite, close the month in five days instead of nine, and retire the old servers.',
  })
  await perform('maya', 'project.edit', {
    project,
    calendar: id('calendar', 'us'),
    sponsor: id('person', 'helen'),
  })
  for (const { key, role } of PEOPLE) {
    if (role === undefined) continue
    const grant = { id: id('membership', key), person: id('person', key), role: roles[role], in: project }
    await perform('maya', 'role.grant', grant)
  }
  for (const { key, name, place, vendor } of PEOPLE) {
    const organisation = vendor === undefined ? {} : { organisation: id('organisation', vendor) }
    const who = { person: id('person', key), calendar: id('calendar', place), maxUnits: 1, ...organisation }
    await perform('maya', 'resource.add', { id: id('resource', key), name, type: 'work', ...who })
  }
  for (const { key, name, vendor, units } of TEAMS) {
    const team = { organisation: id('organisation', vendor), maxUnits: units }
    await perform('maya', 'resource.add', { id: id('resource', key), name, type: 'work', ...team })
  }
  at('2026-02-11', '15:00')
  for (const { key, name, rank } of PHASES)
    await perform('maya', 'phase.add', { id: id('phase', key), in: project, name, rank })
  for (const { key, name, phase, on } of GATES) {
    const gate = { name, phase: id('phase', phase), on: shift.day(on) }
    await perform('maya', 'gate.add', { id: id('gate', key), in: project, ...gate })
  }
}

const PHASES = [
  { key: 'initiating', name: 'Initiating', rank: 'C' },
  { key: 'planning', name: 'Planning', rank: 'F' },
  { key: 'executing', name: 'Executing', rank: 'I' },
  { key: 'closing', name: 'Closing', rank: 'L' },
]

const GATES = [
  { key: 'charter', name: 'Charter approved', phase: 'initiating', on: '2026-03-27' },
  { key: 'requirements', name: 'Requirements signed', phase: 'planning', on: '2026-06-19' },
  { key: 'design', name: 'Design baselined', phase: 'planning', on: '2026-09-04' },
  { key: 'goLive', name: 'Go / no-go', phase: 'executing', on: '2027-03-25' },
  { key: 'closed', name: 'Project closed', phase: 'closing', on: '2027-05-26' },
]

const BUILDING_DAYS = [
  '2026-02-16',
  '2026-02-17',
  '2026-02-18',
  '2026-02-19',
  '2026-02-20',
  '2026-02-23',
  '2026-02-24',
  '2026-02-25',
  '2026-02-26',
  '2026-02-27',
]

/** The first plan: a summary task a day, then who does what and what waits for what. */
export async function buildPlan(stage: Stage): Promise<void> {
  const rows = rowsOf(WORK)
  const first = rows.filter(({ task }) => task.since === undefined)
  for (const [index, top] of WORK.entries()) {
    stage.at(BUILDING_DAYS[index] ?? '2026-02-27', '13:30')
    for (const { task, parent } of [{ task: top, parent: undefined }, ...rowsOf(top.children ?? [], top)]) {
      if (task.since === undefined) await create(stage, task, { parent })
    }
  }
  stage.at('2026-02-27', '15:00')
  await connect(
    stage,
    first.map(({ task }) => task),
    new Set(first.map(({ task }) => task.key)),
  )
}

/** Adds what a later decision brought into the plan, each row at its place. */
export async function addLater(stage: Stage, since: 'replan' | 'change'): Promise<void> {
  const known = new Set<string>()
  const added: AuthoredTask[] = []
  for (const { task, before } of rowsOf(WORK)) {
    if (task.since === 'change' && since === 'replan') continue
    known.add(task.key)
    if (task.since !== since) continue
    added.push(task)
    if (before) await create(stage, task, { after: before })
  }
  await connect(stage, added, known)
  const others = rowsOf(WORK).flatMap(({ task }) =>
    known.has(task.key) && task.since !== since ? [task] : [],
  )
  const keys = new Set(added.map(({ key }) => key))
  await link(stage, others, keys)
}

async function create(
  { id, perform, project }: Stage,
  task: AuthoredTask,
  { parent, after }: { parent?: AuthoredTask | undefined; after?: AuthoredTask },
): Promise<void> {
  const place = after ? { after: id('task', after.key) } : parent ? { parent: id('task', parent.key) } : {}
  const { name, days } = task
  const duration =
    days === undefined
      ? {}
      : { durationMinutes: days * MINUTES_PER_DAY, ...(days === 0 ? { milestone: true } : {}) }
  await perform('maya', 'task.create', { id: id('task', task.key), project, name, ...place, ...duration })
}

/** People, dates and links of tasks that have just been added. */
async function connect(
  stage: Stage,
  tasks: readonly AuthoredTask[],
  known: ReadonlySet<string>,
): Promise<void> {
  const { id, perform, shift } = stage
  const assignments = tasks.flatMap(({ key, who }) =>
    who === undefined
      ? []
      : [{ id: id('assignment', key), task: id('task', key), resource: id('resource', who) }],
  )
  await perform('maya', 'task.assign', { assignments })
  const dated = tasks.flatMap(({ key, from }) =>
    from === undefined
      ? []
      : [
          {
            id: id('task', key),
            constraint: 'snet',
            at: shift.time(from.length > 10 ? from : `${from}T08:00:00`),
          },
        ],
  )
  if (dated.length > 0) await perform('maya', 'task.constrain', { tasks: dated })
  await link(stage, tasks, known)
  const vendorOf = new Map([...PEOPLE, ...TEAMS].map(({ key, vendor }) => [key, vendor]))
  const owed = tasks.flatMap(({ key, who = '' }) => {
    const vendor = vendorOf.get(who)
    return vendor === undefined ? [] : [{ id: id('task', key), responsible: id('organisation', vendor) }]
  })
  if (owed.length > 0) await perform('maya', 'task.edit', { tasks: owed })
}

/** Links tasks with those of their predecessors that are among `known`. */
async function link(
  { id, perform }: Stage,
  tasks: readonly AuthoredTask[],
  known: ReadonlySet<string>,
): Promise<void> {
  const links = tasks.flatMap((task) =>
    task.after.flatMap((text) => {
      const { key, ...rest } = predecessorOf(text)
      if (!known.has(key)) return []
      const ends = { predecessor: id('task', key), successor: id('task', task.key) }
      return [{ id: id('link', `${key}/${task.key}`), ...ends, ...rest }]
    }),
  )
  if (links.length > 0) await perform('maya', 'task.link', { links })
}
