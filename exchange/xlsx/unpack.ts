import type { FileRefusal } from '../plan-file.ts'
import type { XlsxLimits } from './xlsx-limits.ts'

/** The parts of a workbook's archive by their names. */
export type Parts = Map<string, Uint8Array>

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50
const LONGEST_COMMENT = 65_535
const [STORED, DEFLATED] = [0, 8]

/** What a reader of cells needs; pictures, charts, comments and macros stay packed. */
const READ = /^(?!docProps\/|customXml\/|xl\/(drawings|charts|media|pivot|comments|threaded|persons|slicer))/i

/**
 * Takes the parts that hold cells out of a workbook (zip, APPNOTE.TXT 4.3). The bytes that come out are counted while
 * they come; the sizes that the archive declares are not believed.
 * Refusals: `xlsx.broken` (no archive, a part that does not unpack, ZIP64, encrypted parts), `xlsx.tooLarge`.
 */
export async function unpack(
  bytes: Uint8Array,
  limits: XlsxLimits,
): Promise<Parts | { refused: FileRefusal }> {
  const entries = directoryOf(bytes, limits)
  if ('refused' in entries) return entries
  const parts: Parts = new Map()
  let room = limits.unpackedBytes
  for (const entry of entries) {
    if (!READ.test(entry.name) || !/\.(xml|rels)$/i.test(entry.name)) continue
    if (parts.has(entry.name)) return broken(`the part "${entry.name.slice(0, 80)}" is there twice`)
    const packed = packedBytes(bytes, entry)
    if (packed === undefined) return broken(`the part "${entry.name.slice(0, 80)}" lies outside the file`)
    const most = Math.min(room, limits.partBytes)
    const part = entry.method === STORED ? storedPart(packed, most) : await inflated(packed, most)
    if (part === 'broken') return broken(`the part "${entry.name.slice(0, 80)}" cannot be unpacked`)
    if (part === 'tooLarge') return tooLarge('bytes when unpacked', limits.unpackedBytes)
    room -= part.length
    parts.set(entry.name, part)
  }
  return parts
}

type Entry = { name: string; method: number; packedSize: number; at: number }

function directoryOf(bytes: Uint8Array, limits: XlsxLimits): Entry[] | { refused: FileRefusal } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfDirectory(view)
  if (end === undefined) return broken('the list of its parts is missing')
  const count = view.getUint16(end + 10, true)
  if (count > limits.parts) return tooLarge('parts', limits.parts)
  const entries: Entry[] = []
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY)
      return broken('the list of its parts is cut off')
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    const method = view.getUint16(at + 10, true)
    const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1
    if (isEncrypted || (method !== STORED && method !== DEFLATED))
      return broken(`the part "${name.slice(0, 80)}" is packed in a way that is not read here`)
    entries.push({
      name,
      method,
      packedSize: view.getUint32(at + 20, true),
      at: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function endOfDirectory(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - 22 - LONGEST_COMMENT)
  for (let at = view.byteLength - 22; at >= first; at -= 1)
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at
  return undefined
}

function packedBytes(bytes: Uint8Array, { at, packedSize }: Entry): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL_ENTRY) return undefined
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  return start + packedSize > bytes.length ? undefined : bytes.subarray(start, start + packedSize)
}

function storedPart(packed: Uint8Array, most: number): Uint8Array | 'tooLarge' {
  return packed.length > most ? 'tooLarge' : packed
}

async function inflated(packed: Uint8Array, most: number): Promise<Uint8Array | 'broken' | 'tooLarge'> {
  const chunks: Uint8Array[] = []
  let length = 0
  const source = new Blob([packed as Uint8Array<ArrayBuffer>]).stream()
  const reader = source.pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      length += value.length
      if (length > most) {
        await reader.cancel().catch(() => undefined)
        return 'tooLarge'
      }
      chunks.push(value)
    }
  } catch {
    return 'broken'
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

/** The parts as an archive without packing, so that the reader of cells meets exactly the bytes that were counted. */
export function packStored(parts: Parts): Uint8Array {
  const names = [...parts.keys()].map((name) => new TextEncoder().encode(name))
  const heads = names.reduce((sum, name) => sum + 30 + 46 + 2 * name.length, 22)
  const size = [...parts.values()].reduce((sum, part) => sum + part.length, heads)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  const places: number[] = []
  let at = 0
  for (const [index, part] of [...parts.values()].entries()) {
    const name = names[index] ?? new Uint8Array()
    places.push(at)
    view.setUint32(at, LOCAL_ENTRY, true)
    writeSizes(view, at + 18, part.length, name.length)
    bytes.set(name, at + 30)
    bytes.set(part, at + 30 + name.length)
    at += 30 + name.length + part.length
  }
  const directory = at
  for (const [index, part] of [...parts.values()].entries()) {
    const name = names[index] ?? new Uint8Array()
    view.setUint32(at, DIRECTORY_ENTRY, true)
    writeSizes(view, at + 20, part.length, name.length)
    view.setUint32(at + 42, places[index] ?? 0, true)
    bytes.set(name, at + 46)
    at += 46 + name.length
  }
  view.setUint32(at, END_OF_DIRECTORY, true)
  view.setUint16(at + 8, parts.size, true)
  view.setUint16(at + 10, parts.size, true)
  view.setUint32(at + 12, at - directory, true)
  view.setUint32(at + 16, directory, true)
  return bytes
}

function writeSizes(view: DataView, at: number, size: number, nameLength: number): void {
  view.setUint32(at, size, true)
  view.setUint32(at + 4, size, true)
  view.setUint16(at + 8, nameLength, true)
}

export function broken(why: string): { refused: FileRefusal } {
  const sentence = `The workbook is damaged or not an Excel workbook (.xlsx): ${why}.`
  return { refused: { code: 'xlsx.broken', sentence, facts: { why } } }
}

export function tooLarge(what: string, limit: number): { refused: FileRefusal } {
  const sentence = `The workbook has more than ${limit} ${what}, which is more than is read.`
  return { refused: { code: 'xlsx.tooLarge', sentence, facts: { what, limit } } }
}
