import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readWorkbook } from './read-workbook.ts'
import { packStored, unpack } from './unpack.ts'
import { type Cell, cellName, type SheetToWrite } from './workbook.ts'
import { writeWorkbook } from './write-workbook.ts'
import { xlsxLimits } from './xlsx-limits.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

async function read(bytes: Uint8Array, limits = xlsxLimits) {
  const book = await readWorkbook(bytes, limits)
  if ('refused' in book) throw new Error(book.refused.sentence)
  return book
}

async function refusal(bytes: Uint8Array, limits: Partial<typeof xlsxLimits> = {}) {
  const book = await readWorkbook(bytes, { ...xlsxLimits, ...limits })
  if (!('refused' in book)) throw new Error('it was read')
  return book.refused
}

const register: SheetToWrite = {
  name: 'Risks: open/closed',
  columns: [
    { title: 'Risk', kind: 'text' },
    { title: 'Exposure', kind: 'number' },
    { title: 'Chance', kind: 'share' },
    { title: 'Raised', kind: 'instant' },
    { title: 'Time lost', kind: 'minutes' },
    { title: 'Open', kind: 'text' },
  ],
  rows: [
    ['Vendor late', 12_500.5, { share: 0.4 }, { instant: '2026-01-05T08:30:00' }, { minutes: 2250 }, true],
    [
      '=HYPERLINK("http://evil")',
      -3,
      { share: 1 },
      { instant: '1899-12-31T00:00:00' },
      { minutes: 90_000 },
      false,
    ],
    ['+1 @home\n-2', 0, null, null, { minutes: 0 }, null],
  ],
}

test('a register goes out as a workbook and comes back with its numbers, shares, moments and lengths of time', async () => {
  const { bytes, shortened } = await writeWorkbook([
    register,
    { ...register, name: 'risks open closed', rows: [] },
  ])
  const book = await read(bytes)
  expect(shortened).toBe(0)
  expect(book.sheets.map(({ name }) => name)).toEqual(['Risks  open closed', 'risks open closed'])
  expect(book.sheets[0]?.rows.slice(1)).toEqual(
    register.rows.map((row) => (row.at(-1) === null ? row.slice(0, -1) : row)),
  )
})

test('no cell of a written workbook computes, and its first row stays in sight', async () => {
  const parts = await unpack((await writeWorkbook([register])).bytes, xlsxLimits)
  if ('refused' in parts) throw new Error(parts.refused.sentence)
  const sheet = new TextDecoder().decode(parts.get('xl/worksheets/sheet1.xml'))
  expect(sheet).not.toMatch(/<f[ >]/)
  expect(sheet).toContain('state="frozen"')
  expect(sheet).toMatch(/<col [^>]*width="27/)
})

test('a text longer than a cell holds is cut, counted, and never broken XML', async () => {
  const { bytes, shortened } = await writeWorkbook([
    {
      name: 'Notes',
      columns: [{ title: 'Note', kind: 'text' }],
      rows: [['x'.repeat(40_000)], ['a\u0000b\ud800c']],
    },
  ])
  expect(shortened).toBe(1)
  const rows = (await read(bytes)).sheets[0]?.rows ?? []
  expect(String(rows[1]?.[0])).toHaveLength(32_767)
  expect(rows[2]).toEqual(['ab\ufffdc'])
})

/** A workbook made by hand, part by part. */
function workbook(sheet: string, more: { workbook?: string; styles?: string } = {}): Uint8Array {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const rels = 'http://schemas.openxmlformats.org/package/2006/relationships'
  return packStored(
    new Map([
      [
        '[Content_Types].xml',
        utf8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
      ],
      [
        '_rels/.rels',
        utf8(
          `<Relationships xmlns="${rels}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
        ),
      ],
      [
        'xl/_rels/workbook.xml.rels',
        utf8(
          `<Relationships xmlns="${rels}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
        ),
      ],
      [
        'xl/workbook.xml',
        utf8(
          `<workbook xmlns="${main}" xmlns:r="${office}">${more.workbook ?? ''}<sheets><sheet name="Plan" sheetId="1" r:id="r1"/></sheets></workbook>`,
        ),
      ],
      [
        'xl/styles.xml',
        utf8(
          `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="170" formatCode="[h]:mm"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
        ),
      ],
      [
        'xl/worksheets/sheet1.xml',
        utf8(`<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`),
      ],
    ]),
  )
}

test('formulas are read as the value stored with them, dates by the date system of the workbook', async () => {
  const row =
    '<row r="1"><c r="A1"><f>1+2</f><v>3</v></c><c r="B1" s="1"><v>45000</v></c><c r="C1" s="2"><v>0.4</v></c><c r="D1" s="3"><v>1.5</v></c><c r="E1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="F1" t="b"><v>1</v></c></row>'
  const cells = [3, { day: '2023-03-15' }, { share: 0.4 }, { minutes: 2160 }, 'ab', true]
  expect((await read(workbook(row))).sheets).toEqual([{ name: 'Plan', rows: [cells], hidden: false }])
  const old = await read(workbook(row, { workbook: '<workbookPr date1904="1"/>' }))
  expect(old.dateSystem).toBe('1904')
  expect(old.sheets[0]?.rows[0]?.[1]).toEqual({ day: '2027-03-16' })
})

test('what is no workbook, cut off or holds too much is refused', async () => {
  expect((await refusal(utf8('PK\u0003\u0004 no archive at all'))).code).toBe('xlsx.broken')
  const { bytes } = await writeWorkbook([register])
  expect((await refusal(bytes.slice(0, bytes.length - 200))).code).toBe('xlsx.broken')
  expect((await refusal(packStored(new Map([['a.xml', utf8('<a/>')]])))).code).toBe('xlsx.broken')
  expect(await refusal(bytes, { rows: 3 })).toMatchObject({
    code: 'xlsx.tooLarge',
    facts: { what: 'rows', limit: 3 },
  })
  expect((await refusal(bytes, { columns: 5 })).facts.what).toBe('columns')
  expect((await refusal(bytes, { cells: 10 })).facts.what).toBe('cells')
  expect((await refusal(bytes, { parts: 3 })).facts.what).toBe('parts')
})

test('two cells in the far corners of a sheet are refused, not filled up', async () => {
  const corners =
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
  expect((await refusal(workbook(corners))).code).toMatch(/^xlsx\./)
  expect((await refusal(workbook('<row r="1"><c r="XFD1"><v>1</v></c></row>'))).facts.what).toBe('columns')
})

test('a part that unpacks to more than is allowed is stopped, whatever size the archive declares', async () => {
  const zeros = new Uint8Array(30_000_000)
  const stream = new Blob([zeros]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const packed = new Uint8Array(await new Response(stream).arrayBuffer())
  const bomb = packStored(new Map([['xl/sharedStrings.xml', packed]]))
  const view = new DataView(bomb.buffer)
  const directory = view.getUint32(bomb.length - 6, true)
  view.setUint16(8, 8, true)
  view.setUint16(directory + 10, 8, true)
  // It says that it holds a hundred bytes.
  view.setUint32(directory + 24, 100, true)
  expect(packed.length).toBeLessThan(100_000)
  expect((await refusal(bomb, { unpackedBytes: 1_000_000 })).code).toBe('xlsx.tooLarge')
  expect((await unpack(bomb, xlsxLimits)) instanceof Map).toBe(true)
})

test('however the bytes of a workbook are broken, the answer is cells or a refusal', async () => {
  const { bytes } = await writeWorkbook([register])
  const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(flips, fc.nat(bytes.length), async (changes, length) => {
      const bent = bytes.slice(0, length % 4 === 0 ? length : bytes.length)
      for (const [at, byte] of changes) if (at < bent.length) bent[at] = byte
      const book = await readWorkbook(bent)
      if ('refused' in book) expect(book.refused.code).toMatch(/^xlsx\./)
    }),
    { numRuns: 150, seed: 20_260_105 },
  )
})

test('however the XML of a sheet is broken, the answer is cells or a refusal', async () => {
  const sound =
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Dig</t></is></c><c r="B1" s="1"><v>45000</v></c></row>'
  const piece = fc.constantFrom(
    '<row r="-1">',
    '<c r="ZZZZ9">',
    '<v>1e999</v>',
    '&#0;',
    '<!DOCTYPE x [<!ENTITY a "b">]>',
    's="99"',
    't="q"',
    ']]>',
    '<f>',
    '\u0000',
    'r="A0"',
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(sound.length), piece), { minLength: 1, maxLength: 4 }),
      async (edits) => {
        let text = sound
        for (const [at, odd] of edits) text = text.slice(0, at) + odd + text.slice(at)
        const book = await readWorkbook(workbook(text))
        if ('refused' in book) expect(book.refused.code).toMatch(/^xlsx\./)
      },
    ),
    { numRuns: 150, seed: 20_260_105 },
  )
})

test('whatever texts and numbers go out come back', async () => {
  const cell: fc.Arbitrary<Cell> = fc.oneof(
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => /^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]+$/u.test(text)),
    fc.constantFrom('_x0041_', '=1', "'quoted", ' blank ', '1e5', 'TRUE'),
    fc.integer(),
    fc.boolean(),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 5 }), async (row) => {
      const columns = row.map((_cell, index) => ({ title: `C${index}`, kind: 'text' as const }))
      const { bytes } = await writeWorkbook([{ name: 'Any', columns, rows: [row] }])
      expect((await read(bytes)).sheets[0]?.rows[1]).toEqual(row)
    }),
    { numRuns: 100, seed: 20_260_105 },
  )
})

test('cells have the names that people read in Excel', () => {
  expect([cellName(0, 1), cellName(25, 3), cellName(26, 3), cellName(701, 9), cellName(702, 1)]).toEqual([
    'A1',
    'Z3',
    'AA3',
    'ZZ9',
    'AAA1',
  ])
})
