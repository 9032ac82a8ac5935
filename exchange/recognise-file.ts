import { decodeTableText } from './decode-text.ts'
import { looksLikePlan } from './plan-csv/columns.ts'
import type { FileRefusal } from './plan-file.ts'

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
    kind: 'mpx',
    code: 'file.mpx',
    sentence: `This is a Microsoft Project exchange file of the nineties (.mpx). ${xmlAdvice}`,
    matches: startsWithText('MPX'),
  },
  {
    kind: 'pdf',
    code: 'file.notAPlan',
    sentence: 'This is a PDF document: a picture of a plan, not the plan itself.',
    matches: startsWithText('%PDF-'),
  },
  {
    kind: 'xlsx',
    code: 'file.notAPlan',
    sentence: 'This is an Excel workbook, not a plan file.',
    matches: (bytes) => isZip(bytes) && holdsText(bytes, 'xl/'),
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
 * (`file.empty`, `file.mpp`, `file.mpx`, `file.notAPlan`).
 * Absent: it may be one; the reader decides.
 */
export function refuseForeignFile(bytes: Uint8Array): FileRefusal | undefined {
  if (bytes.length === 0) return { code: 'file.empty', sentence: 'This file is empty.', facts: {} }
  const look = looks.find((candidate) => candidate.matches(bytes))
  if (look !== undefined) return { code: look.code, sentence: look.sentence, facts: { looksLike: look.kind } }
  if (isXer(bytes) || isPlanTable(bytes)) return undefined
  const isWide = bytes[0] === 0 || bytes[1] === 0 || bytes[0] === 0xff || bytes[0] === 0xfe
  if (isWide || /^(\xef\xbb\xbf)?\s*</.test(headText(bytes))) return undefined
  return {
    code: 'file.notAPlan',
    sentence:
      'This is not a plan file: no Microsoft Project XML, no Primavera XER, no table with the headings of a plan.',
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
