import type { ExtraElement } from '../plan-file.ts'

/** One element ready to be written, with the name that decides its place. */
export type Piece = { name: string; lines: string[] }

const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** Text as XML 1.0 allows it; characters that XML cannot carry become U+FFFD. */
export function escapeText(text: string): string {
  if (/^[\w .,:/+-]*$/.test(text)) return text
  return text
    .replace(forbidden, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}

export function holdsForbiddenText(text: string): boolean {
  return text.search(forbidden) >= 0
}

export function textPiece(name: string, text: string): Piece {
  return { name, lines: [text === '' ? `<${name}/>` : `<${name}>${escapeText(text)}</${name}>`] }
}

export function parentPiece(name: string, children: Piece[]): Piece {
  const lines = children.flatMap((child) => child.lines)
  return { name, lines: [`<${name}>`, ...lines.map((line) => `\t${line}`), `</${name}>`] }
}

/** Recursion is safe: the reader has limited the depth. */
export function extraPiece(element: ExtraElement): Piece {
  return 'text' in element
    ? textPiece(element.name, element.text)
    : parentPiece(element.name, element.children.map(extraPiece))
}
