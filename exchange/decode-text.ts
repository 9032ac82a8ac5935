import type { FileRefusal } from './plan-file.ts'

export type DecodedText = {
  text: string
  /** The encoding that was used, as `TextDecoder` names it. */
  encoding: string
  /** What the XML declaration claims, when the bytes say otherwise. */
  contradicts?: string
}

/**
 * Turns the bytes of a text file into text: byte order mark first, then zero bytes (UTF-16 without a mark),
 * then the XML declaration, else UTF-8 (XML 1.0, appendix F). A declaration that the bytes contradict is
 * named, not obeyed: .NET programs write UTF-8 under the heading "utf-16".
 * Refuses `file.encoding` for UTF-7, EBCDIC, UTF-32, unknown names, and bytes the encoding does not allow
 * (overlong forms and lone surrogates among them).
 */
export function decodeText(bytes: Uint8Array): DecodedText | { refused: FileRefusal } {
  const marked = encodingByMark(bytes)
  const declared = marked?.startsWith('utf-16') ? undefined : declaredEncoding(bytes)
  if (marked === 'utf-32') return refuse('UTF-32', 'The file is written in UTF-32, which is not read here.')
  if (
    declared !== undefined &&
    /^(utf-?7|unicode-1-1-utf-7|utf-?32.*|cesu-?8|ebcdic.*|ibm037)$/.test(declared)
  ) {
    return refuse(
      declared,
      `The file says it is written in ${declared}, which is not read here. Save it as UTF-8.`,
    )
  }
  const isWide = declared !== undefined && /^(utf-?16(le|be)?|ucs-?2|iso-10646-ucs-2|unicode)$/.test(declared)
  const encoding = marked ?? (declared === undefined || isWide ? 'utf-8' : declared)
  return decodeAs(bytes, encoding, isWide && encoding === 'utf-8' ? declared : undefined)
}

/**
 * Turns the bytes of a table file (XER, CSV), which declare nothing, into text: byte order mark first, then UTF-8, and
 * where the bytes are not that, windows-1252, in which programs on western Windows write.
 */
export function decodeTableText(bytes: Uint8Array): DecodedText | { refused: FileRefusal } {
  const marked = encodingByMark(bytes)
  if (marked === 'utf-32') return refuse('UTF-32', 'The file is written in UTF-32, which is not read here.')
  if (marked !== undefined) return decodeAs(bytes, marked, undefined)
  const decoded = decodeAs(bytes, 'utf-8', undefined)
  return 'refused' in decoded ? decodeAs(bytes, 'windows-1252', undefined) : decoded
}

function decodeAs(
  bytes: Uint8Array,
  encoding: string,
  contradicts: string | undefined,
): DecodedText | { refused: FileRefusal } {
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(encoding, { fatal: true })
  } catch {
    return refuse(
      encoding,
      `The file says it is written in "${encoding}", an encoding that is not known here.`,
    )
  }
  try {
    const text = decoder.decode(bytes)
    return { text, encoding: decoder.encoding, ...(contradicts === undefined ? {} : { contradicts }) }
  } catch {
    return refuse(
      decoder.encoding,
      `The file holds bytes that are not ${decoder.encoding.toUpperCase()} text.`,
    )
  }
}

function encodingByMark(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32' : 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32'
  if (a === 0x3c && b === 0 && c !== 0 && d === 0) return 'utf-16le'
  if (a === 0 && b === 0x3c && c === 0 && d !== 0) return 'utf-16be'
  return undefined
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  let head = ''
  for (const byte of bytes.subarray(0, 400)) head += String.fromCharCode(byte)
  return /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,60})["']/
    .exec(head)?.[1]
    ?.toLowerCase()
}

function refuse(encoding: string, sentence: string): { refused: FileRefusal } {
  return { refused: { code: 'file.encoding', sentence, facts: { encoding } } }
}
