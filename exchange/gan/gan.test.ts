import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '../plan-file.ts'
import { readPlanBytes } from '../read-plan.ts'
import { readGan } from './read-gan.ts'

const depot = readFileSync(new URL('./fixtures/depot.gan', import.meta.url), 'utf8')

function read(text: string) {
  const reading = readPlanBytes(new TextEncoder().encode(text))
  if (isRefused(reading)) throw new Error(reading.refused.sentence)
  const said = reading.loss.lines.map(({ level, text: line }) => `${level}: ${line}`)
  return { ...reading, said, task: (name: string) => reading.file.tasks.find((each) => each.name === name) }
}

function refusal(text: string) {
  const reading = readPlanBytes(new TextEncoder().encode(text))
  if (!isRefused(reading)) throw new Error('it was read')
  return reading.refused
}

test('the depot comes over with outline, links, progress, people, holidays and what was agreed', () => {
  const { file, task, said } = read(depot)
  expect(file.project).toMatchObject({
    name: 'Depot',
    company: 'Harborline Mutual',
    start: '2026-03-02T08:00:00',
  })
  expect(file.tasks.map(({ uid, outlineLevel, summary }) => [uid, outlineLevel, summary])).toEqual([
    [1, 1, true],
    [2, 2, false],
    [3, 2, false],
    [4, 2, false],
    [8, 1, false],
    [9, 1, false],
  ])
  expect(task('Survey')).toMatchObject({
    durationMinutes: 960,
    priority: 700,
    notes: 'Take the tape & the plans',
    actualStart: '2026-03-02T08:00:00',
    actualFinish: '2026-03-03T17:00:00',
  })
  expect(task('Move racks')).toMatchObject({
    percentComplete: 40,
    actualDurationMinutes: 960,
    remainingDurationMinutes: 1440,
  })
  expect(task('Handover')).toMatchObject({ milestone: true, durationMinutes: 0, constraint: 'asap' })
  // Somebody put the painting there; the signs have a limit of their own.
  expect(task('Paint')).toMatchObject({
    constraint: 'snet',
    constraintAt: '2026-03-09T08:00:00',
    priority: 100,
  })
  expect(task('Signs')).toMatchObject({ constraint: 'snet', constraintAt: '2026-03-10T08:00:00' })
  expect(file.links).toEqual([
    { predecessor: 2, successor: 3, type: 'fs', lag: { kind: 'working', minutes: 480 }, lagUnit: 'days' },
    { predecessor: 3, successor: 4, type: 'fs', lag: { kind: 'working', minutes: 0 }, lagUnit: 'days' },
  ])
  const [standard, lars] = file.calendars
  expect(standard?.week.map((day) => day.length)).toEqual([0, 2, 2, 2, 2, 2, 0])
  expect(standard?.exceptions).toMatchObject([
    { name: "Founders' day", from: '2026-03-06', to: '2026-03-06', shifts: [] },
    { from: '2026-03-14', shifts: [{ fromMinute: 480 }, { toMinute: 1020 }] },
    { name: 'Christmas', recurrence: { every: 'year', month: 12, dayOfMonth: 25 } },
  ])
  expect(lars).toMatchObject({
    name: 'Lars Eklund',
    base: 1,
    shared: false,
    exceptions: [{ from: '2026-03-09', to: '2026-03-10' }],
  })
  expect(file.resources).toMatchObject([
    { uid: 0, email: 'ruth@harborline.example' },
    { uid: 1, calendar: lars?.uid },
  ])
  expect(file.assignments).toMatchObject([
    { task: 2, resource: 0, units: 1, workMinutes: 960, actualWorkMinutes: 960 },
    { task: 3, resource: 1, units: 0.5, workMinutes: 1200, actualWorkMinutes: 480 },
  ])
  // Five days from Thursday the 5th: Founders' day and Sundays are off, Saturday the 14th is not needed.
  expect(file.calculated.tasks[2]).toEqual({
    uid: 3,
    start: '2026-03-05T08:00:00',
    finish: '2026-03-12T17:00:00',
  })
  expect(file.baselines).toMatchObject([
    {
      number: 0,
      tasks: [
        { uid: 2, finish: '2026-03-03T17:00:00', durationMinutes: 960 },
        { uid: 4, durationMinutes: 0 },
      ],
    },
  ])
  for (const line of [
    'left out: the rate of the person',
    'left out: the column of your own "Room"',
    'left out: the description of the project',
    'changed: a link that may stretch is taken as a firm one',
  ])
    expect(said).toContain(line)
})

test('what is damaged or hostile is refused with its line', () => {
  expect(refusal(depot.replace('duration="5"', 'duration="soon"'))).toMatchObject({ code: 'file.badValue' })
  expect(refusal(depot.replace('task id="2"', 'task id="1"')).code).toBe('file.duplicateUid')
  expect(refusal(depot.replace('task id="2"', 'task id="x"')).code).toBe('file.missingUid')
  expect(refusal(depot.replace('</tasks>', ''))).toMatchObject({ code: 'file.notXml' })
  expect(refusal('<project name="x" default="build"><target/></project>').code).toBe('file.notAPlan')
  const bomb = '<!DOCTYPE project [<!ENTITY a "aaaa">]><project><tasks/></project>'
  expect(readGan(bomb)).toMatchObject({ refused: { code: 'file.entities' } })
  const deep = `<project><tasks>${'<task id="1">'.repeat(300)}`
  expect(readGan(deep)).toMatchObject({ refused: { code: 'file.tooDeep' } })
})

test('however the file is bent, the answer is a plan or a refusal', () => {
  const attributes = [...depot.matchAll(/"([^"]*)"/g)]
  const odd = fc.constantFrom(
    '',
    '-1',
    '0',
    '1',
    '99999999999',
    'NaN',
    '2026-02-30',
    '0000-00-00',
    'true',
    '1e9',
    '&lt;',
    '__proto__',
  )
  let readings = 0
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(attributes.length - 1), odd), { minLength: 1, maxLength: 5 }),
      (edits) => {
        let text = depot
        for (const [at, value] of [...edits].sort((a, b) => b[0] - a[0])) {
          const place = attributes[at]
          if (place)
            text = `${text.slice(0, place.index)}"${value}"${text.slice(place.index + place[0].length)}`
        }
        const reading = readGan(text)
        if (isRefused(reading)) expect(reading.refused.code).toMatch(/^file\.\w+$/)
        else readings += 1
      },
    ),
    { numRuns: 300, seed: 20_260_302 },
  )
  expect(readings).toBeGreaterThan(30)
})
