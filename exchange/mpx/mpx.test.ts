import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '../plan-file.ts'
import { readPlanBytes } from '../read-plan.ts'
import { readMpx } from './reader.ts'
import { writeMpx } from './writer.ts'

const depot = readFileSync(new URL('./fixtures/depot.mpx', import.meta.url), 'utf8')

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

test('the depot comes over with calendars, people, links, constraints and progress', () => {
  const { file, task, said } = read(depot)
  expect(file.project).toMatchObject({
    name: 'Depot',
    company: 'Harborline Mutual',
    manager: 'Maya Okafor',
    start: '2026-03-02T08:00:00',
    calendar: 1,
    splitsInProgressTasks: false,
  })
  const [standard, ruth] = file.calendars
  expect(standard?.week[5]).toEqual([
    { fromMinute: 480, toMinute: 720 },
    { fromMinute: 780, toMinute: 960 },
  ])
  expect(standard?.week[0]).toEqual([])
  expect(standard?.exceptions).toEqual([
    { from: '2026-03-09', to: '2026-03-10', shifts: [] },
    { from: '2026-03-14', to: '2026-03-14', shifts: [{ fromMinute: 540, toMinute: 780 }] },
  ])
  expect(ruth).toMatchObject({
    name: 'Ruth Abara',
    base: 1,
    shared: false,
    exceptions: [{ from: '2026-03-04' }],
  })
  expect(ruth?.week[5]).toEqual([])
  expect(ruth?.week[1]).toBe('inherit')
  expect(file.resources).toMatchObject([
    { uid: 11, group: 'Survey', calendar: 2, notes: 'Speaks with the landlord' },
    { uid: 12, name: 'Eklund, Lars', maxUnits: 0.5 },
  ])
  expect(task('Move')).toMatchObject({ uid: 101, summary: true })
  expect(task('Survey')).toMatchObject({
    parentUid: 101,
    durationMinutes: 960,
    percentComplete: 50,
    actualStart: '2026-03-02T08:00:00',
    actualDurationMinutes: 480,
    priority: 600,
    notes: 'Take the tape, "and" the plans\nBe early',
  })
  expect(task('Racks')).toMatchObject({
    durationMinutes: 3600,
    durationUnit: 'weeks',
    constraint: 'snet',
    constraintAt: '2026-03-05T08:00:00',
    type: 'fixedDuration',
    priority: 1000,
  })
  expect(file.tasks[3]).toMatchObject({ uid: 104, blank: true })
  expect(task('Dry')).toMatchObject({ durationMinutes: 4320, durationElapsed: true })
  expect(task('Handover')).toMatchObject({ milestone: true, constraint: 'fnlt' })
  expect(
    file.links.map(({ predecessor, successor, type, lag }) => [predecessor, successor, type, lag]),
  ).toEqual([
    [102, 103, 'fs', { kind: 'working', minutes: 960 }],
    [102, 103, 'ss', { kind: 'percent', percent: 50 }],
    [103, 105, 'ff', { kind: 'working', minutes: -240 }],
    [105, 106, 'fs', { kind: 'working', minutes: 0 }],
  ])
  expect(file.assignments).toMatchObject([
    {
      task: 102,
      resource: 11,
      units: 1,
      workMinutes: 960,
      actualWorkMinutes: 480,
      remainingWorkMinutes: 480,
    },
    { task: 103, resource: 12, units: 0.5, workMinutes: 1800 },
  ])
  expect(said).toContain('left out: records 81 are not read')
})

test('dates and clocks are read as the settings of the file say, whatever separates its fields', () => {
  const german = depot
    .replace('12,0,0,480', '12,1,1,420')
    .replace(
      '30,Depot,Harborline Mutual,Maya Okafor,Standard,3/2/26 8:00 AM',
      '30,Depot,,,Standard,02.03.26 07:00',
    )
    .replace(/^(26|57|70|75).*$/gm, '')
  const { file } = read(german)
  expect(file.project).toMatchObject({ start: '2026-03-02T07:00:00', defaultStartMinute: 420 })
  const semicolons =
    'MPX;Project;4.0;ANSI\r\n12;2;1;480\r\n30;Yard;;;;2026-05-04 08:00\r\n61;1;40\r\n70;Dig;1,5d\r\n'
  const yard = read(semicolons)
  expect(yard.file.project.start).toBe('2026-05-04T08:00:00')
  expect(yard.task('Dig')).toMatchObject({ durationMinutes: 720 })
  expect(yard.said).toContain('changed: the file holds no calendar; Monday to Friday, 8 to 17, is taken')
})

test('what would make wrong dates is refused with its line', () => {
  const bad = (from: string, to: string) => refusal(depot.replace(from, to))
  expect(bad('2,102,Survey,2,2d', '2,102,Survey,2,soon')).toMatchObject({
    code: 'file.badValue',
    facts: { offenders: [{ name: 'Survey', field: 'duration', value: 'soon', line: 25 }] },
  })
  expect(bad('70,3,103', '70,3,102').code).toBe('file.duplicateUid')
  expect(bad('3FF-4h', 'after 3').code).toBe('file.badValue')
  expect(bad('26,3/9/26,3/10/26', '26,13/39/26,3/10/26').code).toBe('file.badValue')
  expect(bad('3/2/26 8:00 AM,,0', 'soon,,0').code).toBe('file.badValue')
  expect(read(depot.replace('"2FS+2d,2SS+50%"', '9')).said).toContain(
    'left out: there is no task 9 to wait for',
  )
})

test('what is written is read again as the same plan', () => {
  const { file } = read(depot)
  const again = read(writeMpx(file).text).file
  expect({ ...again, calendars: again.calendars.length }).toEqual({
    ...file,
    calendars: file.calendars.length,
  })
  expect(again.calendars).toEqual(file.calendars)
})

test('however a file is bent, it is refused with a code or goes out and comes back the same', () => {
  const fields = [...depot.matchAll(/(?<=,)[^,\r\n"]*/g)]
  const odd = fc.constantFrom(
    '',
    '0',
    '-1',
    '1',
    '5',
    '99',
    'x',
    '2d',
    '-3w',
    '1e9',
    '50%',
    'Yes',
    '2/30/26',
    '3/9/26 11:00 PM',
    '24:00',
    '"',
    '__proto__',
    '2147483648',
  )
  let readings = 0
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(fields.length - 1), odd), { minLength: 1, maxLength: 5 }),
      (edits) => {
        let text = depot
        for (const [at, value] of [...edits].sort((a, b) => b[0] - a[0])) {
          const place = fields[at]
          if (place) text = text.slice(0, place.index) + value + text.slice(place.index + place[0].length)
        }
        const reading = readMpx(text)
        if (isRefused(reading)) {
          expect(reading.refused.code).toMatch(/^file\.\w+$/)
          return
        }
        readings += 1
        const again = readMpx(writeMpx(reading.file).text)
        if (isRefused(again)) throw new Error(JSON.stringify(again.refused))
        const dates = ({ file }: typeof reading) =>
          file.tasks.map(({ uid, durationMinutes, constraint, constraintAt, actualStart, outlineLevel }) => ({
            uid,
            durationMinutes,
            constraint,
            constraintAt,
            actualStart,
            outlineLevel,
          }))
        expect(dates(again)).toEqual(dates(reading))
        expect(again.file.links.length).toBe(reading.file.links.length)
      },
    ),
    { numRuns: 300, seed: 20_260_302 },
  )
  expect(readings).toBeGreaterThan(30)
})
