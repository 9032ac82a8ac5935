import { expect, test } from 'vitest'
import type { LossLine } from './plan-file.ts'
import { calendars, link, namespace, plan, row, tasks, utf8, utf16 } from './plan-text.ts'
import { readPlanBytes } from './read-plan.ts'

// Oddities that a plan survives, each with the one line that says so, and what must read without a word.

const hours = (from: string, to: string): string =>
  `<WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>${from}</FromTime><ToTime>${to}</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays>`

type Taken = { level: LossLine['level']; says: RegExp; line?: number }
const taken: [string, string | Uint8Array, Taken][] = [
  ['a self link', tasks(row(1, link(1))), { level: 'left out', says: /linked to itself/, line: 3 }],
  [
    'a link to nothing',
    tasks(row(1, link(99))),
    { level: 'left out', says: /link to task 99 is left out/, line: 3 },
  ],
  [
    'a link given twice',
    tasks(row(1), row(2, link(1) + link(1))),
    { level: 'left out', says: /given twice/, line: 4 },
  ],
  [
    'an outline that jumps',
    tasks(row(1), row(2).replace('Level>1', 'Level>5')),
    { level: 'changed', says: /level 5 jumps; 2 is taken/, line: 4 },
  ],
  [
    'a summary of nothing',
    tasks(row(1, '<Summary>1</Summary>')),
    { level: 'changed', says: /it is no summary/, line: 3 },
  ],
  [
    'a task calendar that is missing',
    tasks(row(1, '<CalendarUID>9</CalendarUID>')),
    { level: 'changed', says: /calendar 9 is not in the file/, line: 3 },
  ],
  [
    'work for nobody known',
    plan(
      `<Tasks><Task>${row(1)}</Task></Tasks><Assignments><Assignment><UID>5</UID><TaskUID>1</TaskUID><ResourceUID>77</ResourceUID></Assignment></Assignments>`,
    ),
    { level: 'left out', says: /resource 77 is not in the file/, line: 2 },
  ],
  [
    'work on no task',
    plan('<Assignments><Assignment><UID>5</UID><TaskUID>4</TaskUID></Assignment></Assignments>'),
    { level: 'left out', says: /task 4 is not in the file/ },
  ],
  [
    'a baseline numbered 11',
    tasks(row(1, '<Baseline><Number>11</Number></Baseline>')),
    { level: 'left out', says: /numbered "11"/ },
  ],
  [
    'a priority of 5000',
    tasks(row(1, '<Priority>5000</Priority>')),
    { level: 'left out', says: /"5000" is no value/ },
  ],
  [
    'a calculated date of year 0',
    tasks(row(1, '<LateFinish>0000-00-00T00:00:00</LateFinish>')),
    { level: 'left out', says: /is no value/ },
  ],
  [
    'a duration said twice',
    tasks(row(1, '<Duration>PT80H0M0S</Duration>')),
    { level: 'left out', says: /said twice; the second, "PT80H0M0S"/ },
  ],
  [
    'no namespace',
    plan('').replace(` xmlns="${namespace}"`, ''),
    { level: 'changed', says: /names no namespace/ },
  ],
  [
    'no start',
    plan('').replace(/<StartDate>.*<\/StartDate>/, ''),
    { level: 'changed', says: /start of the project is not said/ },
  ],
  [
    'UTF-8 under the heading UTF-16',
    plan('', '<?xml version="1.0" encoding="utf-16"?>'),
    { level: 'changed', says: /says it is written in utf-16 but is utf-8/ },
  ],
  [
    'overlapping shifts',
    calendars(
      '<UID>1</UID><WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime><FromTime>11:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays>',
    ),
    { level: 'changed', says: /shifts overlap/ },
  ],
  [
    'a working day without hours',
    calendars(
      '<UID>1</UID><WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking></WeekDay></WeekDays>',
    ),
    { level: 'changed', says: /working day without hours/ },
  ],
  [
    'a name of 5,000 letters',
    tasks(row(1).replace('Task 1', 'x'.repeat(5000))),
    { level: 'changed', says: /cut to 1000 characters/ },
  ],
  [
    'an element of another namespace',
    tasks(row(1, '<x:Evil xmlns:x="http://x">1</x:Evil>')),
    { level: 'changed', says: /another namespace/ },
  ],
  [
    'a shift over midnight',
    calendars(`<UID>1</UID>${hours('22:00:00', '06:00:00')}`),
    { level: 'changed', says: /22:00:00–06:00:00 is cut at midnight/ },
  ],
  [
    'a shift without length',
    calendars(`<UID>1</UID>${hours('08:00:00', '08:00:00')}`),
    { level: 'left out', says: /has no length/ },
  ],
  [
    'an exception that ends before it begins',
    calendars(
      '<UID>1</UID><Exceptions><Exception><TimePeriod><FromDate>2026-02-02T00:00:00</FromDate><ToDate>2026-02-01T00:00:00</ToDate></TimePeriod></Exception></Exceptions>',
    ),
    { level: 'left out', says: /2026-02-02 – 2026-02-01 ends before it begins/ },
  ],
  [
    'days of 0 minutes',
    plan('<MinutesPerDay>0</MinutesPerDay>'),
    { level: 'left out', says: /"0" is no value for this field/ },
  ],
  [
    'a date with a zone',
    tasks(row(1, '<Deadline>2026-03-02T17:00:00+02:00</Deadline>')),
    { level: 'changed', says: /the zone is left out/, line: 3 },
  ],
  [
    'less than no work to do',
    tasks(row(1, '<RemainingWork>-PT8H0M0S</RemainingWork>')),
    { level: 'left out', says: /"-PT8H0M0S" is no value/, line: 3 },
  ],
  [
    'two assignments of one number',
    plan(
      `<Tasks><Task>${row(1)}</Task></Tasks><Assignments>${'<Assignment><UID>5</UID><TaskUID>1</TaskUID></Assignment>'.repeat(2)}</Assignments>`,
    ),
    { level: 'changed', says: /number 5 is given twice; 6 is taken/ },
  ],
  [
    'an assignment without a number',
    plan(
      `<Tasks><Task>${row(1)}</Task></Tasks><Assignments><Assignment><TaskUID>1</TaskUID></Assignment></Assignments>`,
    ),
    { level: 'changed', says: /it has no number; 1 is taken/ },
  ],
  [
    'a stranger among the tasks',
    plan('<Tasks><Row/></Tasks>'),
    { level: 'left out', says: /"Row" does not belong into Tasks/ },
  ],
  [
    'text between tasks',
    tasks(row(1, '<PredecessorLink>hello<Type>1</Type><PredecessorUID>1</PredecessorUID></PredecessorLink>')),
    { level: 'changed', says: /text beside elements/ },
  ],
]

test.each(taken)('%s is taken and said', (_name, input, expected) => {
  const reading = readPlanBytes(typeof input === 'string' ? utf8(input) : input)
  if ('refused' in reading) throw new Error(JSON.stringify(reading.refused))
  const line = reading.loss.lines.find((it) => it.level === expected.level && expected.says.test(it.text))
  expect(line, JSON.stringify(reading.loss.lines)).toBeDefined()
  if (expected.line !== undefined) expect(line?.line).toBe(expected.line)
})

const german = tasks(row(1).replace('Task 1', 'Prüfung \u202egnufürP 计划'))
const quiet: [string, string | Uint8Array][] = [
  ['UTF-8 with a mark', `\ufeff${german}`],
  ['UTF-16, little end first, with a mark', utf16(german, 'le', 'marked')],
  ['UTF-16, big end first, with a mark', utf16(german, 'be', 'marked')],
  ['UTF-16, little end first, without a mark', utf16(german, 'le', 'unmarked')],
  ['UTF-16, big end first, without a mark', utf16(german, 'be', 'unmarked')],
  ['lines that end in CR LF, LF and CR', german.replace('<Tasks>', '\r\n\n\r<Tasks>')],
]

test.each(quiet)('%s reads the same, letter by letter', (_name, input) => {
  const reading = readPlanBytes(typeof input === 'string' ? utf8(input) : input)
  if ('refused' in reading) throw new Error(JSON.stringify(reading.refused))
  expect(reading.file.tasks[0]?.name).toBe('Prüfung \u202egnufürP 计划')
  expect(reading.loss.counts).toMatchObject({ changed: 0, leftOut: 0 })
})

test('names of object properties do no harm', () => {
  const inside =
    '<__proto__><polluted>yes</polluted></__proto__><constructor>x</constructor><toString>y</toString>'
  const reading = readPlanBytes(utf8(tasks(row(1, inside))))
  if ('refused' in reading) throw new Error(JSON.stringify(reading.refused))
  expect(Object.hasOwn({}.constructor.prototype, 'polluted')).toBe(false)
  expect(reading.file.extra['task:1']?.map((element) => element.name)).toEqual([
    '__proto__',
    'constructor',
    'toString',
  ])
})

test('a leap day, SS and FF between the same tasks, and a lag of 100 years are ordinary', () => {
  const links = link(1, '<Type>3</Type>') + link(1, '<Type>0</Type><LinkLag>525960000</LinkLag>')
  const text = tasks(row(1, '<Deadline>2028-02-29T17:00:00</Deadline>'), row(2, links))
  const reading = readPlanBytes(utf8(text))
  if ('refused' in reading) throw new Error(JSON.stringify(reading.refused))
  expect(reading.file.tasks[0]?.deadline).toBe('2028-02-29T17:00:00')
  expect(reading.file.links.map((it) => it.type)).toEqual(['ss', 'ff'])
  expect(reading.file.links[1]?.lag).toEqual({ kind: 'working', minutes: 52_596_000 })
  expect(reading.loss.counts).toMatchObject({ changed: 0, leftOut: 0 })
})

test('circles of links are read as they are: the engine names them', () => {
  const reading = readPlanBytes(utf8(tasks(row(1, link(2)), row(2, link(1)))))
  if ('refused' in reading) throw new Error(JSON.stringify(reading.refused))
  expect(reading.file.links).toHaveLength(2)
})

test('tasks left in a flat list under a jumped level stay brothers', () => {
  const deep = (uid: number) => row(uid).replace('Level>1', 'Level>4')
  const reading = readPlanBytes(utf8(tasks(row(1), deep(2), deep(3))))
  if ('refused' in reading) throw new Error(JSON.stringify(reading.refused))
  expect(reading.file.tasks.map((it) => [it.uid, it.outlineLevel, it.parentUid])).toEqual([
    [1, 1, undefined],
    [2, 2, 1],
    [3, 2, 1],
  ])
})

test('the exceptions of Project 2003, days of type 0 alone, are exceptions', () => {
  const old =
    '<UID>1</UID><WeekDays><WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod><FromDate>2026-12-24T00:00:00</FromDate><ToDate>2026-12-26T23:59:00</ToDate></TimePeriod></WeekDay></WeekDays>'
  const reading = readPlanBytes(utf8(calendars(old)))
  if ('refused' in reading) throw new Error(JSON.stringify(reading.refused))
  expect(reading.file.calendars[0]?.exceptions).toEqual([
    { from: '2026-12-24', to: '2026-12-26', shifts: [] },
  ])
})

test('things that other programs number from 0 are things', () => {
  const inside =
    '<CalendarUID>0</CalendarUID><Calendars><Calendar><UID>0</UID><Name>Days</Name><IsBaseCalendar>1</IsBaseCalendar></Calendar></Calendars>' +
    `<Tasks><Task>${row(0)}</Task><Task>${row(1, link(0))}</Task></Tasks>` +
    '<Resources><Resource><UID>0</UID><Name>Lena Park</Name></Resource></Resources>' +
    '<Assignments><Assignment><UID>0</UID><TaskUID>0</TaskUID><ResourceUID>0</ResourceUID></Assignment></Assignments>'
  const reading = readPlanBytes(utf8(plan(inside)))
  if ('refused' in reading) throw new Error(JSON.stringify(reading.refused))
  const { file } = reading
  expect(file.project.calendar).toBe(0)
  expect(file.tasks.map((it) => it.uid)).toEqual([0, 1])
  expect(file.links[0]).toMatchObject({ predecessor: 0, successor: 1 })
  expect(file.assignments[0]).toMatchObject({ task: 0, resource: 0 })
})
