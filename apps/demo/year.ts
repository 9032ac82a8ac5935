import { addDays } from '../../kernel/day.ts'
import { PEOPLE, TEAMS } from './company.ts'
import { AUTHORED_FRIDAY } from './days.ts'
import { addLater, WORK } from './opening.ts'
import { MINUTES_PER_DAY, rowsOf } from './plan-words.ts'
import type { Plan, Stage } from './stage.ts'

/** What happened beside the weekly progress, by the Friday on which it was noted. */
const EVENTS: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  '2026-03-27': async (stage) => {
    await decide(stage, 'charter', 'passed', '2026-03-27')
    await takeBaseline(stage, 1, 'Charter')
  },
  '2026-04-24': async (stage) => {
    await addLater(stage, 'replan')
    await reestimate(
      stage,
      'build',
      40,
      'Warehouse, tax engine and two brokers added: 14 interfaces, not 10.',
      {
        name: 'Build 14 interfaces',
      },
    )
    await notBefore(stage, 'extractLedger', '2026-10-05T08:00:00', 'The old ledger is free for extracts from')
    await takeBaseline(stage, 2, 'Replan with 14 interfaces')
  },
  '2026-06-05': async (stage) => {
    await addLater(stage, 'change')
    await reestimate(stage, 'uat', 25, 'Brokers and reports take part in the acceptance test.')
    await notBefore(
      stage,
      'testReady',
      '2026-11-13T17:00:00',
      'Nimbus Forge has promised the test environment for',
    )
    await takeBaseline(stage, 3, 'Change: bank certificate, brokers')
  },
  '2026-06-26': (stage) => decide(stage, 'requirements', 'passed', '2026-06-26'),
  '2026-09-11': (stage) =>
    decide(
      stage,
      'design',
      'passedWithConditions',
      '2026-09-11',
      'Bank formats agreed before the build ends.',
    ),
}

/** New estimates, noted before the progress of that Friday. */
const NEWS: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  '2026-06-19': (stage) =>
    reestimate(stage, 'requirementsReview', 10, 'Legal asked for a second round on the statutory books.'),
  '2026-09-04': (stage) => reestimate(stage, 'designReview', 4, 'Two review groups worked side by side.'),
  '2026-10-30': async (stage) => {
    await reestimate(stage, 'testTenant', 32, 'Nimbus Forge waits for hardware.')
    await notBefore(
      stage,
      'testReady',
      '2026-11-27T17:00:00',
      'Nimbus Forge now promises the test environment for',
    )
  },
  '2026-11-06': async (stage) => {
    await reestimate(stage, 'forms', 13, 'Letters in Spanish are added.')
    await reestimate(stage, 'closeTasks', 16, 'Checklists of the three companies differ more than thought.')
    await reestimate(stage, 'build', 45, 'Brightwater: eight of 14 are done; one week more.')
  },
  '2026-11-13': (stage) =>
    reestimate(stage, 'build', 50, 'Brightwater: nine of 14 are done; again one week.'),
  '2026-11-20': (stage) =>
    reestimate(
      stage,
      'build',
      55,
      `Brightwater, mail of ${stage.shift.words('2026-11-20')}: 11 of 14 are done, the package comes on ${stage.shift.words('2026-12-01')} instead of ${stage.shift.words('2026-11-06')}.`,
    ),
}

/** Where progress is counted in finished pieces instead of days gone by: percent by Friday. */
const COUNTED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  build: {
    '2026-09-18': 5,
    '2026-09-25': 14,
    '2026-10-02': 21,
    '2026-10-09': 29,
    '2026-10-16': 36,
    '2026-10-23': 43,
    '2026-10-30': 50,
    '2026-11-06': 57,
    '2026-11-13': 64,
    '2026-11-20': 79,
  },
  trial2: { '2026-11-20': 35 },
}

const FIRST_FRIDAY = '2026-03-06'

/** Week by week from the start to the authored Friday: news, progress, status date, decisions. */
export async function liveTheYear(stage: Stage): Promise<void> {
  for (let friday = FIRST_FRIDAY; friday <= AUTHORED_FRIDAY; friday = addDays(friday, 7)) {
    stage.at(friday, '12:30')
    await NEWS[friday]?.(stage)
    stage.at(friday, '13:00')
    await reportProgress(stage, friday)
    stage.at(friday, '14:00')
    const statusDate = stage.shift.time(`${friday}T17:00:00`)
    await stage.perform('maya', 'project.edit', { project: stage.project, statusDate })
    stage.at(friday, '14:15')
    await EVENTS[friday]?.(stage)
  }
}

/** Everybody who leads a part of the work says how far it is. */
async function reportProgress(stage: Stage, friday: string): Promise<void> {
  const plan = await stage.plan()
  const status = stage.shift.time(`${friday}T17:00:00`)
  const reports = new Map<string, { id: string; percentComplete: number }[]>()
  const shown = new Map(plan.tasks.map((task) => [task.id, task]))
  for (const { task } of rowsOf(WORK)) {
    const id = stage.id('task', task.key)
    const now = shown.get(id)
    if (!now || now.summary || now.percentComplete === 100) continue
    const percentComplete = percentAt(now, status, COUNTED[task.key]?.[friday])
    if (percentComplete <= now.percentComplete) continue
    const reporter = REPORTED_BY.get(task.who ?? '') ?? 'maya'
    reports.set(reporter, [...(reports.get(reporter) ?? []), { id, percentComplete }])
  }
  for (const [reporter, tasks] of reports) await stage.perform(reporter, 'task.progress', { tasks })
}

const REPORTED_BY = new Map([...PEOPLE, ...TEAMS].map(({ key, reportedBy }) => [key, reportedBy]))

/** Done when its finish is past; under way by the share of its days gone by, in steps of five. */
function percentAt(
  { start, finish }: Plan['tasks'][number],
  status: string,
  counted: number | undefined,
): number {
  if (finish <= status) return 100
  if (start >= status) return 0
  if (counted !== undefined) return counted
  const [from, to, at] = [Date.parse(`${start}Z`), Date.parse(`${finish}Z`), Date.parse(`${status}Z`)]
  return Math.min(95, Math.max(5, Math.round(((at - from) / (to - from)) * 20) * 5))
}

async function reestimate(
  { id, perform }: Stage,
  key: string,
  days: number,
  notes: string,
  more: { name?: string } = {},
): Promise<void> {
  const durationMinutes = days * MINUTES_PER_DAY
  await perform('maya', 'task.edit', { tasks: [{ id: id('task', key), durationMinutes, notes, ...more }] })
}

/** A date that somebody has given: not before then, and the note says who said so. */
async function notBefore(
  { id, perform, shift }: Stage,
  key: string,
  time: string,
  said: string,
): Promise<void> {
  const task = id('task', key)
  await perform('maya', 'task.constrain', { tasks: [{ id: task, constraint: 'snet', at: shift.time(time) }] })
  const notes = `${said} ${shift.words(time.slice(0, 10))}.`
  await perform('maya', 'task.edit', { tasks: [{ id: task, notes }] })
}

async function decide(
  { id, perform, shift }: Stage,
  key: string,
  decision: string,
  on: string,
  conditions?: string,
): Promise<void> {
  const said = conditions === undefined ? {} : { conditions }
  await perform('helen', 'gate.decide', { id: id('gate', key), decision, on: shift.day(on), ...said })
}

async function takeBaseline({ id, perform, project }: Stage, number: number, name: string): Promise<void> {
  await perform('maya', 'baseline.take', { id: id('baseline', String(number)), project, number, name })
}
