import { expect, test } from 'vitest'
import { readCsv, writeCsv } from './csv.ts'

test('a risk register goes out and comes back', () => {
  const columns = ['Risk', 'Owner', 'Cost']
  const rows = [
    ['Vendor "Acme", late', 'Ines Albrecht', '12500'],
    ['Two\r\nlines', ' spaced ', '-3.5'],
    ['', 'Prüfung 计划', '0'],
  ]
  const text = writeCsv(columns, rows)
  expect(text.split('\r\n')[1]).toBe('"Vendor ""Acme"", late",Ines Albrecht,12500')
  expect(readCsv(text)).toEqual({ columns, rows })
})

test('a title that a spreadsheet would run as a formula is defused, numbers are not', () => {
  const nasty = [
    '=1+1',
    '+cmd|calc',
    '-2+3',
    '@SUM(A1)',
    '\ttab',
    '\rreturn',
    '-5',
    '+4.5',
    '=HYPERLINK("http://x","y")',
  ]
  const text = writeCsv(nasty, [[-5, 1.5, true, null, undefined, 'a', 'b', 'c', 'd']])
  expect(text).toBe(
    `'=1+1,'+cmd|calc,'-2+3,'@SUM(A1),'\ttab,"'\rreturn",-5,+4.5,"'=HYPERLINK(""http://x"",""y"")"\r\n-5,1.5,true,,,a,b,c,d\r\n`,
  )
  const table = readCsv(text)
  expect('columns' in table && table.columns).toEqual(nasty)
})

test('rows may end in LF, CR or nothing, and the file may begin with a mark', () => {
  expect(readCsv('\ufeffa,b\n1,2\r3,4')).toEqual({
    columns: ['a', 'b'],
    rows: [
      ['1', '2'],
      ['3', '4'],
    ],
  })
  expect(readCsv('a,b\n1,\n')).toEqual({ columns: ['a', 'b'], rows: [['1', '']] })
  expect(readCsv('')).toEqual({ columns: [], rows: [] })
})

test('broken quotes and ragged rows are refused with their row', () => {
  expect(readCsv('a,b\n"1,2\n')).toMatchObject({ refused: { code: 'csv.quote', facts: { row: 2 } } })
  expect(readCsv('a,b\n"1"x,2\n')).toMatchObject({ refused: { code: 'csv.quote' } })
  expect(readCsv('a,b\n1,2\n1,2,3\n')).toMatchObject({ refused: { code: 'csv.width', facts: { row: 3 } } })
})

test('two million broken quotes are one refusal', () => {
  expect(readCsv(`a\n${'"x'.repeat(2_000_000)}`)).toMatchObject({ refused: { code: 'csv.quote' } })
})
