import { expect, test } from 'vitest'
import { calendars, headOf, link, plan, row, tasks, utf8 } from './plan-text.ts'
import { readPlanBytes } from './read-plan.ts'

// The fixed list of inputs that broke other readers of plans; each has one exact answer here.

type Refused = { code: string; says?: RegExp; facts?: Record<string, unknown> }
const refused: [string, string | Uint8Array, Refused][] = [
  ['an empty file', '', { code: 'file.empty' }],
  [
    'an .mpp file',
    new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]),
    { code: 'file.mpp', says: /File › Save As and the type "XML Format/ },
  ],
  ['an .mpx file without records', 'MPX,Microsoft Project,4.0,ANSI', { code: 'file.notAPlan' }],
  [
    'a Primavera .xer file without a project',
    'ERMHDR\t19.12\t2026-01-05\tProject',
    { code: 'file.notAPlan', facts: { looksLike: 'xer' } },
  ],
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
]

test.each(refused)('%s is refused', (_name, input, expected) => {
  const reading = readPlanBytes(typeof input === 'string' ? utf8(input) : input)
  if (!('refused' in reading)) throw new Error('it was read')
  expect(reading.refused.code).toBe(expected.code)
  if (expected.says !== undefined) expect(reading.refused.sentence).toMatch(expected.says)
  if (expected.facts !== undefined) expect(reading.refused.facts).toMatchObject(expected.facts)
})
