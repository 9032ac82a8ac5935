import { readCsv } from './csv/csv.ts'
import { decodeTableText } from './decode-text.ts'
import type { FileRefusal } from './plan-file.ts'
import { looksLikePlan, separatorOf } from './plan-table/columns.ts'

const xmlAdvice =
  'In Microsoft Project choose File › Save As and the type "XML Format (*.xml)", then open that file.'

type Look = { kind: string; code: string; sentence: string; matches: (bytes: Uint8Array) => boolean }

const looks: Look[] = [
  {
    kind: 'mpp',
    code: 'file.mpp',
    sentence: `This is a Microsoft Project file in its own binary format (.mpp). ${xmlAdvice}`,
    // The header of every OLE compound document, [MS-CFB] 2.2; old Office documents share it.
    matches: startsWithBytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  },
  {
    kind: 'pdf',
    code: 'file.notAPlan',
    sentence: 'This is a PDF document: a picture of a plan, not the plan itself.',
    matches: startsWithText('%PDF-'),
  },
  {
    kind: 'docx',
    code: 'file.notAPlan',
    sentence: 'This is a Word document, not a plan file.',
    matches: (bytes) => isZip(bytes) && holdsText(bytes, 'word/'),
  },
  {
    kind: 'zip',
    code: 'file.notAPlan',
    sentence: 'This is a zip archive. Unpack it and open the plan file inside.',
    matches: isZip,
  },
  {
    kind: 'gzip',
    code: 'file.notAPlan',
    sentence: 'This is a compressed file. Unpack it and open the plan file inside.',
    matches: startsWithBytes([0x1f, 0x8b]),
  },
  {
    kind: 'html',
    code: 'file.notAPlan',
    sentence: 'This is a web page, not a plan file.',
    matches: (bytes) => /^\s*<(!doctype\s+html|html[\s>])/i.test(headText(bytes)),
  },
  {
    kind: 'json',
    code: 'file.notAPlan',
    sentence: 'This is a JSON document, not a plan file that is known here.',
    matches: (bytes) => /^\s*[{[]/.test(headText(bytes)),
  },
]

/** Whether a file begins as a Primavera P6 exchange file (XER) does. */
export const isXer = startsWithText('ERMHDR')

/** Whether a file begins as Microsoft Project's old exchange file (MPX) does: its mark and the sign between the fields. */
export const isMpx = (bytes: Uint8Array): boolean => /^(\xef\xbb\xbf)?MPX[^\p{L}\p{N}]/u.test(headText(bytes))

/** Whether a file begins as a plan in Helmward's own neutral form does. */
export const isPlanJson = (bytes: Uint8Array): boolean =>
  /^(\xef\xbb\xbf)?\s*\{\s*"helmwardPlan"/.test(headText(bytes))

/** Whether a text is a GanttProject file: its outermost element is `project`, without Microsoft's namespace. */
export function isGanttProject(text: string): boolean {
  return /^\ufeff?\s*(<\?xml[^>]{0,200}\?>)?\s*(<!--(?:(?!-->)[\s\S])*-->\s*)*<project[\s>]/.test(
    text.slice(0, 5000),
  )
}

/** Whether a file is an Excel workbook (.xlsx), by the parts of its archive. */
export function isWorkbook(bytes: Uint8Array): boolean {
  if (!isZip(bytes)) return false
  // The directory at the end names all parts, whatever their order.
  const tail = bytes.subarray(Math.max(0, bytes.length - 65_536))
  let end = ''
  for (const byte of tail) end += String.fromCharCode(byte)
  return end.includes('xl/workbook') || holdsText(bytes, 'xl/')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they tell binary files from text
const CONTROL = /[\u0001-\u0008\u000e-\u001f]/

/** Whether a file is text in rows of equally many cells, two or more: a table whose headings need explaining. */
export function isGrid(bytes: Uint8Array): boolean {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const most = Math.min(bytes.length, 20_000)
  const head = decodeTableText(bytes.subarray(0, isWide ? most - (most % 2) : most))
  if ('refused' in head || CONTROL.test(head.text) || /^\ufeff?\s*</.test(head.text)) return false
  const whole = bytes.length > most ? head.text.slice(0, head.text.lastIndexOf('\n')) : head.text
  const first = whole.replace(/^\ufeff/, '').split(/[\r\n]/, 1)[0] ?? ''
  const table = readCsv(whole, separatorOf(first))
  return !('refused' in table) && table.columns.length >= 2 && table.rows.length > 0
}

/** Whether a file begins with the headings of a plan as a table (CSV). */
export function isPlanTable(bytes: Uint8Array): boolean {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const end = bytes.subarray(0, 20_000).indexOf(0x0a)
  const most = end < 0 ? Math.min(bytes.length, 20_000) : end
  const head = decodeTableText(bytes.subarray(0, isWide ? most - (most % 2) : most))
  return !('refused' in head) && looksLikePlan(head.text.replace(/^\ufeff/, '').split(/[\r\n]/, 1)[0] ?? '')
}

/**
 * Looks at the first bytes of a file and refuses what cannot be a plan, saying what it looks like and what to do
 * (`file.empty`, `file.mpp`, `file.notAPlan`).
 * Absent: it may be one; the reader decides.
 */
export function refuseForeignFile(bytes: Uint8Array): FileRefusal | undefined {
  if (bytes.length === 0) return { code: 'file.empty', sentence: 'This file is empty.', facts: {} }
  if (isWorkbook(bytes))
    return { code: 'file.notAPlan', sentence: 'This is an Excel workbook.', facts: { looksLike: 'xlsx' } }
  if (isPlanJson(bytes)) return undefined
  const look = looks.find((candidate) => candidate.matches(bytes))
  if (look !== undefined) return { code: look.code, sentence: look.sentence, facts: { looksLike: look.kind } }
  if (isXer(bytes) || isMpx(bytes) || isPlanTable(bytes) || isGrid(bytes)) return undefined
  const isWide = bytes[0] === 0 || bytes[1] === 0 || bytes[0] === 0xff || bytes[0] === 0xfe
  if (isWide || /^(\xef\xbb\xbf)?\s*</.test(headText(bytes))) return undefined
  return {
    code: 'file.notAPlan',
    sentence:
      'This is not a plan file: no Microsoft Project XML or MPX, no Primavera XER, no GanttProject file, no table with the headings of a plan.',
    facts: { looksLike: 'unknown' },
  }
}

function startsWithBytes(mark: number[]): (bytes: Uint8Array) => boolean {
  return (bytes) => mark.every((byte, at) => bytes[at] === byte)
}

function startsWithText(mark: string): (bytes: Uint8Array) => boolean {
  return (bytes) =>
    headText(bytes)
      .replace(/^\xef\xbb\xbf/, '')
      .startsWith(mark)
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
}

function holdsText(bytes: Uint8Array, part: string): boolean {
  return headText(bytes, 4096).includes(part)
}

function headText(bytes: Uint8Array, length = 512): string {
  let text = ''
  for (const byte of bytes.subarray(0, length)) text += String.fromCharCode(byte)
  return text
}
