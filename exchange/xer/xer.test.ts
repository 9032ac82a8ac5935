import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fileLimits } from '../file-limits.ts'
import { isRefused } from '../plan-file.ts'
import { readPlanBytes } from '../read-plan.ts'
import { readCalendarData } from './calendar-data.ts'
import { readXer } from './reader.ts'

const bytes = readFileSync(new URL('fixtures/depot.xer', import.meta.url))
const source = new TextDecoder('windows-1252').decode(bytes)

/** The depot plan with lines changed: a fitting change is what each test is about. */
function depot(change: (text: string) => string = (text) => text) {
  const reading = readXer(change(source))
  if (isRefused(reading)) throw new Error(reading.refused.sentence)
  const said = reading.loss.lines.map(({ level, text }) => `${level}: ${text}`)
  const task = (uid: number) => reading.file.tasks.find((each) => each.uid === uid)
  return { ...reading, said, task }
}

function refusal(change: (text: string) => string) {
  const reading = readXer(change(source))
  if (!isRefused(reading)) throw new Error('it was read')
  return reading.refused
}

test('the project, its calendar, its currency and its data date', () => {
  const { file } = depot()
  expect(file.format).toEqual({ name: 'xer' })
  expect(file.project).toMatchObject({
    name: 'DEPOT',
    title: 'Depot relocation',
    start: '2026-03-02T08:00:00',
    statusDate: '2026-03-16T08:00:00',
    calendar: 10,
    minutesPerDay: 480,
    minutesPerWeek: 2400,
    currency: 'EUR',
    currencySymbol: '€',
  })
})

test('the work breakdown becomes summary tasks in its sequence, activities stand first in each', () => {
  const rows = depot().file.tasks.map(
    ({ name, outlineLevel, summary }) => `${outlineLevel}${summary ? '+' : ' '} ${name}`,
  )
  expect(rows).toEqual([
    '1  Site management',
    '1+ Prepare',
    '2  Survey the new hall',
    '2  Müllplatz räumen',
    '1+ Move',
    '2  Move the racks',
    '2  Let the floor harden',
    '2  Depot open',
    '2+ Old site',
    '3  Hand back the old keys',
    '1  Not planned yet',
  ])
  expect(depot().file.tasks.at(-1)).toMatchObject({ active: false })
})

test('calendars: shifts, days off, a half day, and round the clock', () => {
  const [weekdays, clock] = depot().file.calendars
  const day = [
    { fromMinute: 480, toMinute: 720 },
    { fromMinute: 780, toMinute: 1020 },
  ]
  expect(weekdays?.week).toEqual([[], day, day, day, day, day, []])
  // 46115 and 46109 days after 1899-12-30: Good Friday, and the Saturday before Palm Sunday.
  expect(weekdays?.exceptions).toEqual([
    { from: '2026-04-03', to: '2026-04-03', shifts: [] },
    { from: '2026-03-28', to: '2026-03-28', shifts: [{ fromMinute: 480, toMinute: 720 }] },
  ])
  expect(clock?.week[0]).toEqual([{ fromMinute: 0, toMinute: 1440 }])
})

test('progress: finished, under way and not begun', () => {
  const { task } = depot()
  expect(task(1001)).toMatchObject({
    actualStart: '2026-03-02T08:00:00',
    actualFinish: '2026-03-06T17:00:00',
    percentComplete: 100,
    remainingDurationMinutes: 0,
  })
  expect(task(1002)).toMatchObject({
    actualStart: '2026-03-09T08:00:00',
    percentComplete: 50,
    physicalPercentComplete: 60,
    durationMinutes: 4800,
    remainingDurationMinutes: 2400,
    resume: '2026-03-16T08:00:00',
  })
  expect(task(1003)).toMatchObject({ percentComplete: 0, remainingDurationMinutes: 1440, workMinutes: 2880 })
})

test('work under way has lasted until the data date, and lasts what remains on top of it', () => {
  // From Wednesday 11 March to Monday 16 March 8:00 three days have passed; five remain.
  const { task } = depot((text) => text.replace('\t2026-03-09 08:00', '\t2026-03-11 08:00'))
  expect(task(1002)).toMatchObject({
    actualDurationMinutes: 3 * 480,
    remainingDurationMinutes: 5 * 480,
    durationMinutes: 8 * 480,
    resume: '2026-03-16T08:00:00',
  })
})

test('constraints, the second one as a deadline, milestones, priorities, notes', () => {
  const { task, said } = depot()
  expect(task(1003)).toMatchObject({
    constraint: 'fnlt',
    constraintAt: '2026-04-10T17:00:00',
    priority: 700,
    notes: 'Ask for the long trucks.',
  })
  expect(task(1005)).toMatchObject({
    milestone: true,
    durationMinutes: 0,
    constraint: 'snet',
    constraintAt: '2026-03-30T08:00:00',
    deadline: '2026-04-30T17:00:00',
  })
  expect(said).toContain('changed: the second constraint, Finish On or Before, becomes a deadline')
})

test('what has not begun and waits for nothing starts no earlier than the data date', () => {
  const { task, said } = depot()
  expect(task(501)).toMatchObject({ constraint: 'snet', constraintAt: '2026-03-16T08:00:00' })
  expect(task(1004)).toMatchObject({ constraint: 'asap' })
  expect(said).toContain(
    'changed: 1 activities that have not begun start no earlier than the data date, 2026-03-16',
  )
})

test('relations of four kinds with lag in hours; two between the same activities both hold', () => {
  const { file } = depot()
  expect(
    file.links.map(({ predecessor, successor, type, lag }) => [predecessor, successor, type, lag]),
  ).toEqual([
    [1001, 1002, 'fs', { kind: 'working', minutes: 0 }],
    [1002, 1003, 'fs', { kind: 'working', minutes: 480 }],
    [1003, 1004, 'ss', { kind: 'working', minutes: 960 }],
    [1003, 1004, 'ff', { kind: 'working', minutes: 0 }],
    [1004, 1005, 'fs', { kind: 'working', minutes: 0 }],
  ])
  const clock = depot((text) => text.replace('rcal_Predecessor', 'rcal_24Hour'))
  expect(clock.file.links[1]?.lag).toEqual({ kind: 'elapsed', minutes: 480 })
})

test('a baseline that came along is matched by the codes of the activities', () => {
  expect(depot().file.baselines).toEqual([
    {
      number: 0,
      tasks: [
        { uid: 1001, start: '2026-03-02T08:00:00', finish: '2026-03-05T17:00:00', durationMinutes: 1920 },
      ],
      assignments: [],
      resources: [],
    },
  ])
})

test('resources and who works on what; a role nobody fills is a generic resource', () => {
  const { file } = depot()
  expect(file.resources).toMatchObject([
    { name: 'Fitters', type: 'work' },
    {
      name: 'Jan Kübler',
      group: 'Fitters',
      maxUnits: 0.5,
      email: 'jan@depot.example',
      code: 'E7',
      calendar: 10,
    },
    { name: 'Anchors', type: 'material' },
    { name: 'Crane driver', generic: true },
  ])
  expect(file.assignments).toMatchObject([
    { task: 1003, resource: 41, units: 1, workMinutes: 1440, remainingWorkMinutes: 1440 },
    { task: 1003, workMinutes: 1440 },
    { task: 1003, resource: 42, units: 120 },
    { task: 1001, resource: 41, actualWorkMinutes: 2400, percentWorkComplete: 100 },
  ])
})

test('nothing that is not modelled goes unsaid', () => {
  const { said } = depot()
  for (const words of [
    'becomes baseline 0 with 1 activities',
    'a level of effort keeps the dates it had',
    'calendar 99 is not in the file',
    'activity 3333 is not in this project',
    '1 links of level of effort',
    "2 lags are counted in the predecessor's calendar",
    '2 rates; only the first',
    'its lag after the start',
    'WBS nodes get new numbers',
    'table UDFVALUE, 1 rows: values of fields of your own',
  ])
    expect(
      said.some((line) => line.includes(words)),
      words,
    ).toBe(true)
})

test('through the one door: windows-1252 is taken and said, UTF-8 needs no word', () => {
  const reading = readPlanBytes(bytes)
  if (isRefused(reading)) throw new Error(reading.refused.sentence)
  expect(reading.loss.lines[0]?.text).toMatch(/windows-1252 is taken/)
  expect(reading.file.tasks.some(({ name }) => name === 'Müllplatz räumen')).toBe(true)
  const utf8 = readPlanBytes(new TextEncoder().encode(source))
  if (isRefused(utf8)) throw new Error(utf8.refused.sentence)
  expect(utf8.file).toEqual(reading.file)
  expect(utf8.loss.lines[0]?.text).not.toMatch(/windows-1252/)
})

test('zero characters that a program left in a text become blanks, and that is said', () => {
  const reading = readPlanBytes(new TextEncoder().encode(source.replace('Move the racks', 'Move\0the racks')))
  if (isRefused(reading)) throw new Error(reading.refused.sentence)
  expect(reading.file.tasks.some(({ name }) => name === 'Move the racks')).toBe(true)
  expect(reading.loss.lines[0]?.text).toMatch(/zero characters/)
})

test('what would make wrong dates is refused with its place', () => {
  expect(refusal((text) => text.replace('%R\t1002\t', '%R\t1001\t'))).toMatchObject({
    code: 'file.duplicateUid',
  })
  expect(refusal((text) => text.replace('%R\t1002\t', '%R\t\t'))).toMatchObject({ code: 'file.missingUid' })
  expect(refusal((text) => text.replace('2026-03-06 17:00', '2026-02-30 17:00'))).toMatchObject({
    code: 'file.badValue',
    facts: { offenders: [{ uid: 1001, field: 'act_end_date', value: '2026-02-30 17:00' }] },
  })
  expect(refusal((text) => text.replace('PR_FF', 'PR_XX')).code).toBe('file.badValue')
  expect(refusal((text) => text.replace('DaysOfWeek()(', 'DaysOfWeek()')).facts).toMatchObject({
    offenders: [{ kind: 'calendar', field: 'clndr_data' }],
  })
  expect(refusal((text) => text.replace(/%F\ttask_id[^\r]*\r\n/, '')).code).toBe('file.badTable')
  expect(refusal((text) => text.replace(/^%R\t70[01].*$/gm, '')).code).toBe('file.notAPlan')
  expect(refusal((text) => text.replace('Weekdays\t\t\t', 'Weekdays\t\t10\t')).code).toBe(
    'file.calendarCycle',
  )
  const few = readXer(source, { limits: { ...fileLimits, tasks: 3 } })
  expect(few).toMatchObject({ refused: { code: 'file.tooLarge', facts: { table: 'TASK', limit: 3 } } })
})

test('what can be put in order is put in order and said', () => {
  const odd = depot((text) => text.replace('\r\n%E\r\n', ''))
  expect(odd.said).toContain('changed: the end mark is missing; the file may be cut off')
  const circle = depot((text) => text.replace('MOVE\tMove\t500', 'MOVE\tMove\t503'))
  expect(circle.said.some((line) => line.includes('in a circle; it is opened'))).toBe(true)
  expect(circle.file.tasks).toHaveLength(11)
  const broken = depot((text) => text.replace('<b>long</b>', '<b>long\nand wide</b>'))
  expect(broken.task(1003)?.notes).toBe('Ask for the long\nand wide trucks.')
  const status = depot((text) => text.replace('TK_Active', 'TK_NotStart'))
  expect(status.said.some((line) => line.includes('the status says TK_NotStart'))).toBe(true)
  expect(depot((text) => text.replaceAll('\t196\t', '\t196,0\t')).task(1006)?.durationMinutes).toBe(11_760)
})

test('a calendar without data works Monday to Friday, overlapping shifts are joined', () => {
  const node = (name: string, facts = '', inside = '') => `(0||${name}(${facts})(${inside}))`
  const days = (inside: string) => node('CalendarData', '', node('DaysOfWeek', '', inside))
  const overlap = node('2', '', node('0', 's|08:00|f|12:00') + node('1', 's|11:00|f|15:00'))
  expect(readCalendarData(days(overlap), fileLimits)).toMatchObject({
    week: [[], [{ fromMinute: 480, toMinute: 900 }], [], [], [], [], []],
    changes: ['shifts that overlap are joined'],
  })
  expect(readCalendarData(node('CalendarData'), fileLimits)?.changes[0]).toMatch(/^no week is said/)
  expect(readCalendarData('(0||a()('.repeat(100_000), fileLimits)).toBeUndefined()
  expect(readCalendarData(days(node('9', '', '')), fileLimits)).toBeUndefined()
})

test('a file cut off anywhere is read or refused, never a crash', () => {
  for (let length = 0; length < source.length; length += 97) {
    const reading = readXer(source.slice(0, length))
    if (isRefused(reading)) expect(reading.refused.sentence).toMatch(/\.$/)
    else expect(reading.file.tasks.length).toBeLessThan(12)
  }
})
