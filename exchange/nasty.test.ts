import { expect, test } from 'vitest'
import type { LossLine } from './plan-file.ts'
import { readPlanBytes } from './read-plan.ts'

// The fixed list of inputs that broke other readers of plans; each has one exact answer here.

const namespace = 'http://schemas.microsoft.com/project'

function plan(inside: string, head = '<?xml version="1.0" encoding="UTF-8"?>'): string {
  return `${head}\n<Project xmlns="${namespace}"><Name>Nasty</Name><StartDate>2026-01-05T08:00:00</StartDate>${inside}</Project>`
}

function tasks(...rows: string[]): string {
  return plan(`<Tasks>${rows.map((row) => `\n<Task>${row}</Task>`).join('')}</Tasks>`)
}

function row(uid: number, more = ''): string {
  return `<UID>${uid}</UID><Name>Task ${uid}</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration>${more}`
}

function link(predecessor: number, more = ''): string {
  return `<PredecessorLink><PredecessorUID>${predecessor}</PredecessorUID>${more}</PredecessorLink>`
}

function calendars(...rows: string[]): string {
  return plan(`<Calendars>${rows.map((it) => `<Calendar>${it}</Calendar>`).join('')}</Calendars>`)
}

function utf16(text: string, order: 'le' | 'be', mark: 'marked' | 'unmarked'): Uint8Array {
  const bytes = Buffer.from(mark === 'marked' ? `\ufeff${text}` : text, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const headOf = (text: string): Uint8Array => utf8(text.padEnd(600, ' '))

type Refused = { code: string; says?: RegExp; facts?: Record<string, unknown> }
const refused: [string, string | Uint8Array, Refused][] = [
  ['an empty file', '', { code: 'file.empty' }],
  [
    'an .mpp file',
    new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]),
    { code: 'file.mpp', says: /File › Save As and the type "XML Format/ },
  ],
  ['an .mpx file', 'MPX,Microsoft Project,4.0,ANSI', { code: 'file.mpx' }],
  ['a Primavera .xer file', 'ERMHDR\t19.12\t2026-01-05\tProject', { code: 'file.xer' }],
  ['a PDF', headOf('%PDF-1.7'), { code: 'file.notAPlan', facts: { looksLike: 'pdf' } }],
  [
    'an Excel workbook',
    headOf('PK\u0003\u0004 xl/workbook.xml'),
    { code: 'file.notAPlan', facts: { looksLike: 'xlsx' } },
  ],
  [
    'a zip archive',
    headOf('PK\u0003\u0004 plan.xml'),
    { code: 'file.notAPlan', facts: { looksLike: 'zip' } },
  ],
  [
    'a web page',
    '<!DOCTYPE html><html><body>Plan</body></html>',
    { code: 'file.notAPlan', facts: { looksLike: 'html' } },
  ],
  [
    'a plain letter',
    'Dear Ines, the plan is attached.',
    { code: 'file.notAPlan', facts: { looksLike: 'unknown' } },
  ],
  [
    'a Primavera XML file',
    '<APIBusinessObjects xmlns="http://x"/>',
    { code: 'file.notAPlan', says: /Primavera P6 XML/ },
  ],
  ['a picture', '<svg xmlns="http://www.w3.org/2000/svg"/>', { code: 'file.notAPlan', says: /picture/ }],
  ['another namespace', '<Project xmlns="http://maven.apache.org/POM/4.0.0"/>', { code: 'file.notAPlan' }],
  [
    'an element named like a property',
    '<__proto__/>',
    { code: 'file.notAPlan', facts: { element: '__proto__' } },
  ],
  [
    'an external entity on a file',
    `<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>${plan('<Title>&x;</Title>', '')}`,
    { code: 'file.entities' },
  ],
  [
    'an external entity on the network',
    `<!DOCTYPE Project SYSTEM "http://127.0.0.1:9/evil.dtd">${plan('', '')}`,
    { code: 'file.entities' },
  ],
  [
    'a parameter entity',
    `<!DOCTYPE Project [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>${plan('', '')}`,
    { code: 'file.entities' },
  ],
  [
    'an entity that nobody declared',
    plan('<Title>&lol;</Title>'),
    { code: 'file.entities', facts: { line: 2 } },
  ],
  [
    'UTF-7',
    plan('', '<?xml version="1.0" encoding="UTF-7"?>'),
    { code: 'file.encoding', facts: { encoding: 'utf-7' } },
  ],
  ['an unknown encoding', plan('', '<?xml version="1.0" encoding="klingon"?>'), { code: 'file.encoding' }],
  ['UTF-32', new Uint8Array([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), { code: 'file.encoding' }],
  [
    'an overlong slash',
    new Uint8Array([...utf8('<Project>'), 0xc0, 0xaf, ...utf8('</Project>')]),
    { code: 'file.encoding', says: /not UTF-8 text/ },
  ],
  [
    'half a pair of UTF-16',
    new Uint8Array([0xff, 0xfe, 0x3c, 0, 0x00, 0xd8, 0x3c, 0]),
    { code: 'file.encoding' },
  ],
  [
    'a NUL in a name',
    tasks(row(1).replace('Task 1', 'a\u0000b')),
    { code: 'file.notXml', facts: { line: 3 } },
  ],
  [
    'a NUL by reference',
    tasks(row(1).replace('Task 1', '&#0;')),
    { code: 'file.notXml', facts: { line: 3 } },
  ],
  ['half a surrogate by reference', tasks(row(1).replace('Task 1', '&#xD800;')), { code: 'file.notXml' }],
  ['a file cut off in the middle', tasks(row(1)).slice(0, -30), { code: 'file.notXml' }],
  ['nothing but a heading', '<?xml version="1.0"?>', { code: 'file.notXml' }],
  ['tags that cross', plan('<Tasks><Task></Tasks></Task>'), { code: 'file.notXml', facts: { line: 2 } }],
  [
    'two tasks of one number',
    tasks(row(7), row(8), row(7)),
    {
      code: 'file.duplicateUid',
      facts: { count: 1, offenders: [{ kind: 'task', uid: 7, name: 'Task 7', line: 5 }] },
    },
  ],
  [
    'a task without a number',
    tasks('<Name>Lost</Name>'),
    { code: 'file.missingUid', says: /task "Lost", line 3/ },
  ],
  [
    'a negative duration',
    tasks(row(1).replace('PT8H', '-PT8H')),
    { code: 'file.badValue', says: /Duration "-PT8H0M0S", line 3/ },
  ],
  ['a duration of 101 years', tasks(row(1).replace('PT8H', 'PT885360H')), { code: 'file.badValue' }],
  [
    'a lag of 1e308',
    tasks(row(1), row(2, link(1, '<LinkLag>1e308</LinkLag>'))),
    { code: 'file.badValue', says: /LinkLag "1e308"/ },
  ],
  [
    'a lag that is not a number',
    tasks(row(1), row(2, link(1, '<LinkLag>NaN</LinkLag>'))),
    { code: 'file.badValue' },
  ],
  [
    'a lag of 101 years',
    tasks(row(1), row(2, link(1, '<LinkLag>-531216000</LinkLag>'))),
    { code: 'file.badValue' },
  ],
  [
    'a comma for a point',
    plan('<Resources><Resource><UID>1</UID><MaxUnits>1,5</MaxUnits></Resource></Resources>'),
    { code: 'file.badValue', says: /MaxUnits "1,5"/ },
  ],
  [
    'infinite units',
    plan('<Resources><Resource><UID>1</UID><MaxUnits>Infinity</MaxUnits></Resource></Resources>'),
    { code: 'file.badValue' },
  ],
  [
    '29 February of 2026',
    tasks(row(1, '<ConstraintDate>2026-02-29T08:00:00</ConstraintDate>')),
    { code: 'file.badValue', says: /2026-02-29/ },
  ],
  ['the year 0', tasks(row(1, '<Deadline>0000-01-01T00:00:00</Deadline>')), { code: 'file.badValue' }],
  ['the year 9999', tasks(row(1, '<Deadline>9999-12-31T00:00:00</Deadline>')), { code: 'file.badValue' }],
  ['the year 10000', tasks(row(1, '<Deadline>10000-01-01T00:00:00</Deadline>')), { code: 'file.badValue' }],
  ['a link type of 9', tasks(row(1), row(2, link(1, '<Type>9</Type>'))), { code: 'file.badValue' }],
  ['a constraint type of 8', tasks(row(1, '<ConstraintType>8</ConstraintType>')), { code: 'file.badValue' }],
  [
    'a calendar whose base is missing',
    calendars('<UID>2</UID><Name>Night</Name><BaseCalendarUID>99</BaseCalendarUID>'),
    { code: 'file.calendarBase', says: /calendar 2 "Night", BaseCalendarUID "99", line 2/ },
  ],
  [
    'calendars based on each other',
    calendars(
      '<UID>2</UID><BaseCalendarUID>3</BaseCalendarUID>',
      '<UID>3</UID><BaseCalendarUID>2</BaseCalendarUID>',
    ),
    { code: 'file.calendarCycle' },
  ],
  [
    'a calendar based on itself',
    calendars('<UID>2</UID><BaseCalendarUID>2</BaseCalendarUID>'),
    { code: 'file.calendarCycle' },
  ],
  [
    'a shift that ends before it begins',
    calendars(
      '<UID>1</UID><WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>17:00:00</FromTime><ToTime>08:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays>',
    ),
    { code: 'file.badValue', says: /17:00:00–08:00:00/ },
  ],
  ['days of 0 minutes', plan('<MinutesPerDay>0</MinutesPerDay>'), { code: 'file.badValue' }],
]

test.each(refused)('%s is refused', (_name, input, expected) => {
  const reading = readPlanBytes(typeof input === 'string' ? utf8(input) : input)
  if (!('refused' in reading)) throw new Error('it was read')
  expect(reading.refused.code).toBe(expected.code)
  if (expected.says !== undefined) expect(reading.refused.sentence).toMatch(expected.says)
  if (expected.facts !== undefined) expect(reading.refused.facts).toMatchObject(expected.facts)
})

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
