// Small plans as text, for the tests of readers: what stands in them is what the test is about.

export const namespace = 'http://schemas.microsoft.com/project'

export function plan(inside: string, head = '<?xml version="1.0" encoding="UTF-8"?>'): string {
  return `${head}\n<Project xmlns="${namespace}"><SaveVersion>14</SaveVersion><Name>Nasty</Name><StartDate>2026-01-05T08:00:00</StartDate>${inside}</Project>`
}

export function tasks(...rows: string[]): string {
  return plan(`<Tasks>${rows.map((row) => `\n<Task>${row}</Task>`).join('')}</Tasks>`)
}

export function row(uid: number, more = ''): string {
  return `<UID>${uid}</UID><Name>Task ${uid}</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration>${more}`
}

export function link(predecessor: number, more = ''): string {
  return `<PredecessorLink><PredecessorUID>${predecessor}</PredecessorUID>${more}</PredecessorLink>`
}

export function calendars(...rows: string[]): string {
  return plan(`<Calendars>${rows.map((it) => `<Calendar>${it}</Calendar>`).join('')}</Calendars>`)
}

export function utf16(text: string, order: 'le' | 'be', mark: 'marked' | 'unmarked'): Uint8Array {
  const bytes = Buffer.from(mark === 'marked' ? `\ufeff${text}` : text, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
export const headOf = (text: string): Uint8Array => utf8(text.padEnd(600, ' '))
