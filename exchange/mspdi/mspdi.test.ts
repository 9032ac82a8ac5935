import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { extraText, type PlanFile } from '../plan-file.ts'
import { missingElements, unsaidElements } from './compare-mspdi.ts'
import { readMspdi } from './reader.ts'
import { writeMspdi } from './writer.ts'

const source = readFileSync(new URL('./fixtures/clinic-move.xml', import.meta.url), 'utf8')

function readPlan(text: string) {
  const reading = readMspdi(text)
  if ('refused' in reading) throw new Error(JSON.stringify(reading.refused))
  return reading
}

function task(file: PlanFile, uid: number) {
  const found = file.tasks.find((it) => it.uid === uid)
  if (found === undefined) throw new Error(`no task ${uid}`)
  return found
}

test('the clinic plan is read with what people said', () => {
  const { file } = readPlan(source)
  expect(file.project).toMatchObject({
    name: 'clinic-move.xml',
    title: 'Clinic move',
    start: '2026-03-02T08:00:00',
    scheduleFrom: 'start',
    calendar: 1,
    statusDate: '2026-03-08T17:00:00',
    criticalSlackLimitMinutes: 480,
    currency: 'EUR',
  })
  expect(file.project.finish).toBeUndefined()
  expect(file.calculated.project.finish).toBe('2026-03-27T17:00:00')
  expect(file.tasks.map((it) => it.uid)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  expect(task(file, 1)).toMatchObject({ summary: true, outlineLevel: 1 })
  expect(task(file, 2)).toMatchObject({
    name: 'Survey of wards & rooms',
    notes: 'Ask Dr. Hale first.\r\nKeys at the desk.',
    parentUid: 1,
    actualFinish: '2026-03-04T17:00:00',
    remainingDurationMinutes: 0,
    effortDriven: true,
  })
  expect(task(file, 4)).toMatchObject({ durationMinutes: 2880, durationElapsed: true, durationUnit: 'days' })
  expect(task(file, 5)).toMatchObject({
    type: 'fixedWork',
    calendar: 3,
    levelingDelayMinutes: 128.6,
    workMinutes: 2294.4,
  })
  expect(task(file, 6)).toMatchObject({
    estimated: true,
    constraint: 'snet',
    constraintAt: '2026-03-16T08:00:00',
  })
  expect(task(file, 7)).toMatchObject({ constraint: 'fnlt', deadline: '2026-03-24T17:00:00' })
  expect(task(file, 8)).toMatchObject({ blank: true, parentUid: 1, outlineLevel: 2 })
  expect(task(file, 9)).toMatchObject({ mode: 'manual', manualStart: '2026-03-19T09:00:00' })
  expect(task(file, 10).active).toBe(false)
  expect(task(file, 12)).toMatchObject({ milestone: true, outlineLevel: 1 })
})

test('links carry their type and their lag in the unit it was meant in', () => {
  const { file } = readPlan(source)
  expect(file.links).toEqual([
    { predecessor: 2, successor: 3, type: 'fs', lag: { kind: 'working', minutes: 0 }, lagUnit: 'days' },
    { predecessor: 3, successor: 4, type: 'fs', lag: { kind: 'working', minutes: 480 }, lagUnit: 'days' },
    { predecessor: 3, successor: 5, type: 'ss', lag: { kind: 'working', minutes: -960 }, lagUnit: 'hours' },
    { predecessor: 2, successor: 5, type: 'ff', lag: { kind: 'elapsed', minutes: 1440 }, lagUnit: 'days' },
    { predecessor: 5, successor: 6, type: 'fs', lag: { kind: 'percent', percent: 50 } },
    { predecessor: 6, successor: 7, type: 'sf', lag: { kind: 'elapsedPercent', percent: -25 } },
    { predecessor: 7, successor: 11, type: 'fs', lag: { kind: 'working', minutes: 0 }, lagUnit: 'days' },
    { predecessor: 6, successor: 11, type: 'fs', lag: { kind: 'working', minutes: 0 }, lagUnit: 'days' },
    { predecessor: 11, successor: 12, type: 'fs', lag: { kind: 'working', minutes: 0 }, lagUnit: 'days' },
  ])
})

test('calendars keep night shifts, ranges, returning days and summer weeks', () => {
  const { file } = readPlan(source)
  const [days, night, omar] = file.calendars
  expect(night?.week[0]).toEqual([])
  expect(night?.week[1]).toEqual([
    { fromMinute: 0, toMinute: 180 },
    { fromMinute: 240, toMinute: 420 },
    { fromMinute: 1200, toMinute: 1440 },
  ])
  expect(omar).toMatchObject({ base: 1, shared: false })
  expect(omar?.week).toEqual(['inherit', 'inherit', 'inherit', 'inherit', 'inherit', [], 'inherit'])
  expect(days?.exceptions).toEqual([
    { name: 'Easter', from: '2026-04-03', to: '2026-04-06', shifts: [] },
    {
      name: 'New Year',
      from: '2026-01-01',
      to: '2030-12-31',
      shifts: [],
      recurrence: { every: 'year', month: 1, dayOfMonth: 1, occurrences: 5, enteredByOccurrences: true },
    },
    {
      name: 'Short first Friday',
      from: '2026-01-01',
      to: '2026-12-31',
      shifts: [{ fromMinute: 480, toMinute: 720 }],
      recurrence: { every: 'month', interval: 1, position: 1, day: 5, occurrences: 12 },
    },
  ])
  expect(days?.workWeeks[0]).toMatchObject({ name: 'Summer hours', from: '2026-07-01', to: '2026-08-31' })
})

test('people, materials, contoured work and baselines are read', () => {
  const { file, loss } = readPlan(source)
  expect(file.resources.map((it) => [it.uid, it.name, it.type, it.maxUnits])).toEqual([
    [1, 'Omar Reyes', 'work', 0.5],
    [2, 'Cable', 'material', 1],
    [3, 'Crane hire', 'cost', 0],
  ])
  expect(file.assignments.map((it) => [it.task, it.resource, it.units])).toEqual([
    [2, 1, 1],
    [3, 1, 0.5],
    [3, 2, 250],
    [6, undefined, 1],
  ])
  expect(file.assignments[1]).toMatchObject({
    contour: 'contoured',
    delayMinutes: 480,
    overtimeWorkMinutes: 240,
  })
  expect(file.assignments[1]?.timephased).toEqual([
    {
      kind: 'remaining',
      start: '2026-03-06T08:00:00',
      finish: '2026-03-09T08:00:00',
      workMinutes: 480,
      unit: 'days',
    },
    {
      kind: 'remaining',
      start: '2026-03-09T08:00:00',
      finish: '2026-03-10T08:00:00',
      workMinutes: 0,
      unit: 'days',
    },
  ])
  expect(
    file.baselines.map((it) => [it.number, it.tasks.length, it.assignments.length, it.resources.length]),
  ).toEqual([
    [0, 1, 1, 1],
    [3, 1, 0, 0],
  ])
  expect(file.baselines[0]?.tasks[0]).toMatchObject({ uid: 2, durationMinutes: 960, costCents: 96_000 })
  expect(
    loss.lines.filter((line) => line.level === 'left out').map((line) => [line.where.uid, line.text]),
  ).toEqual([[24, 'belongs to the project as a whole; kept for writing back, not planned']])
})

test('a day that a calendar without base does not say is filled with the usual week, and said', () => {
  const sunday = '<WeekDay><DayType>1</DayType><DayWorking>0</DayWorking></WeekDay>'
  const at = source.indexOf(sunday, source.indexOf('Night crew'))
  const { file, loss } = readPlan(source.slice(0, at) + source.slice(at + sunday.length))
  expect(file.calendars[1]?.week[0]).toEqual([])
  expect(loss.lines.find((line) => line.where.name === 'Night crew')?.text).toContain('days 1 are not said')
})

test('what was read goes back whole, letter for letter where nothing was edited', () => {
  const first = readPlan(source)
  const written = writeMspdi(first.file)
  expect(written.loss.lines).toEqual([])
  expect(unsaidElements(missingElements(source, written.text), first.loss)).toEqual([])
  expect(readPlan(written.text).file).toEqual(first.file)
})

test('the comparison would notice one lost element', () => {
  const { text } = writeMspdi(readPlan(source).file)
  const poorer = text.replace('<Alias>Wards</Alias>', '')
  expect(missingElements(source, poorer)).toEqual(['ExtendedAttributes/ExtendedAttribute/Alias = "Wards"'])
})

test('elements stand in the order of the schema', () => {
  const { text } = writeMspdi(readPlan(source).file)
  const names = [...text.matchAll(/^\t<(\w+)/gm)].map((match) => match[1])
  expect(names.indexOf('SaveVersion')).toBe(0)
  expect(names.slice(-4)).toEqual(['Calendars', 'Tasks', 'Resources', 'Assignments'])
  const survey = text.slice(text.indexOf('<UID>2</UID>', text.indexOf('<Tasks>')))
  const order = [
    '<Name>',
    '<OutlineNumber>',
    '<Start>',
    '<Duration>',
    '<Cost>',
    '<Notes>',
    '<ExtendedAttribute>',
    '<Baseline>',
  ]
  const places = order.map((name) => survey.indexOf(name))
  expect(places).toEqual([...places].sort((a, b) => a - b))
})

test('an edited task loses the figures that its edit made untrue, and the report names them', () => {
  const { file } = readPlan(source)
  const edited = structuredClone(file)
  task(edited, 3).durationMinutes = 2880
  const schedule = structuredClone(file.calculated)
  const moved = schedule.tasks.find((it) => it.uid === 3)
  if (moved === undefined) throw new Error('no task 3')
  moved.finish = '2026-03-12T17:00:00'
  const { text, loss } = writeMspdi(edited, { schedule, edited: new Set(['task:3']) })
  const again = readPlan(text).file
  expect(task(again, 3).durationMinutes).toBe(2880)
  expect(again.calculated.tasks.find((it) => it.uid === 3)?.finish).toBe('2026-03-12T17:00:00')
  expect(extraText(again, 'task:3', 'Cost')).toBeUndefined()
  expect(extraText(again, 'task:2', 'Cost')).toBe('120000')
  expect(again.assignments.find((it) => it.uid === 21)?.timephased).toBeUndefined()
  expect(loss.lines.map((line) => line.where.kind)).toEqual(['task', 'resource', 'assignment'])
  expect(loss.lines[0]?.text).toContain('FinishVariance (1)')
  expect(loss.lines[2]?.text).toContain('TimephasedData (1)')
})

test('a link taken away makes the figures of its successor untrue', () => {
  const { file } = readPlan(source)
  const edited = structuredClone(file)
  edited.links = edited.links.filter((link) => link.successor !== 12)
  const { text, loss } = writeMspdi(edited, { schedule: file.calculated, edited: new Set(['link:12']) })
  expect(extraText(readPlan(text).file, 'task:12', 'Cost')).toBeUndefined()
  expect(loss.lines.map((line) => line.where.kind)).toEqual(['task'])
})

test('a changed value is written anew although its old text is still kept', () => {
  const { file } = readPlan(source)
  const edited = structuredClone(file)
  const omar = edited.resources[0]
  if (omar === undefined) throw new Error('no resource')
  expect(writeMspdi(edited).text).toContain('<MaxUnits>0.50</MaxUnits>')
  omar.maxUnits = 0.75
  expect(writeMspdi(edited, { edited: new Set(['resource:1']) }).text).toContain('<MaxUnits>0.75</MaxUnits>')
})

test('a name with characters that XML cannot carry is written readable and said', () => {
  const { file } = readPlan(source)
  task(file, 12).name = 'Clinic\u0000 moved <b>&\ud800'
  const { text, loss } = writeMspdi(file)
  expect(task(readPlan(text).file, 12).name).toBe('Clinic\ufffd moved <b>&\ufffd')
  expect(loss.lines).toHaveLength(1)
})
