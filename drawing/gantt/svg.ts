import { type Colour, coloursOf, type Ground } from '../colours.ts'
import type { Mark, Picture, TextMark } from './marks.ts'

export type SvgOptions = {
  ground: Ground
  /** What the picture says, for people who do not see it. */
  title: string
  family?: string
  /** Makes the ids inside unique when several pictures stand in one document. */
  idPrefix?: string
}

/** A picture as an SVG document: real text, colours resolved, nothing fetched. */
export function svgOf(picture: Picture, options: SvgOptions): string {
  const writer = {
    colours: coloursOf(options.ground),
    family: options.family ?? 'Inter',
    prefix: options.idPrefix ?? 'gantt',
    clips: 0,
  }
  const { widthPx, heightPx } = picture
  const body = picture.marks.map((mark) => svgMark(writer, mark)).join('\n')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${num(widthPx)}" height="${num(heightPx)}" viewBox="0 0 ${num(widthPx)} ${num(heightPx)}" role="img" font-family="${escapeXml(`${writer.family}, Inter, sans-serif`)}">`,
    `<title>${escapeXml(options.title)}</title>`,
    `<rect width="${num(widthPx)}" height="${num(heightPx)}" fill="${writer.colours.bg}"/>`,
    body,
    '</svg>',
  ].join('\n')
}

type Writer = { colours: Readonly<Record<Colour, string>>; prefix: string; clips: number }

function svgMark(writer: Writer, mark: Mark): string {
  if (mark.kind === 'rect') {
    const radius = mark.radius ? ` rx="${num(mark.radius)}"` : ''
    const place = `x="${num(mark.x)}" y="${num(mark.y)}" width="${num(mark.width)}" height="${num(mark.height)}"`
    return `<rect ${place}${radius}${paint(writer, mark)}/>`
  }
  if (mark.kind === 'line') return `<path d="${pathOf(mark.points)}"${paint(writer, mark)}/>`
  if (mark.kind === 'polygon') return `<path d="${pathOf(mark.points)}Z"${paint(writer, mark)}/>`
  if (mark.kind === 'circle') {
    return `<circle cx="${num(mark.x)}" cy="${num(mark.y)}" r="${num(mark.radius)}"${paint(writer, mark)}/>`
  }
  if (mark.kind === 'text') return svgText(writer, mark)
  writer.clips += 1
  const id = `${writer.prefix}-${writer.clips}`
  const inner = mark.marks.map((child) => svgMark(writer, child)).join('\n')
  return [
    `<clipPath id="${id}"><rect width="${num(mark.width)}" height="${num(mark.height)}"/></clipPath>`,
    `<g transform="translate(${num(mark.x)} ${num(mark.y)})" clip-path="url(#${id})">`,
    inner,
    '</g>',
  ].join('\n')
}

// The halo is a text of its own below the letters: `paint-order` is not understood by every renderer of reports.
function svgText(writer: Writer, mark: TextMark): string {
  const anchor = mark.anchor === 'start' ? '' : ` text-anchor="${mark.anchor}"`
  const weight = mark.weight === 400 ? '' : ` font-weight="${mark.weight}"`
  const opacity = mark.opacity === undefined ? '' : ` opacity="${num(mark.opacity)}"`
  const open = `<text x="${num(mark.x)}" y="${num(mark.y)}" font-size="${num(mark.sizePx)}"${weight}${anchor}${opacity}`
  const text = `${open} fill="${writer.colours[mark.fill]}">${escapeXml(mark.text)}</text>`
  if (!mark.halo) return text
  const halo = writer.colours[mark.halo]
  const under = `${open} aria-hidden="true" fill="${halo}" stroke="${halo}" stroke-width="5" stroke-linejoin="round">${escapeXml(mark.text)}</text>`
  return `${under}\n${text}`
}

function paint(
  { colours }: Writer,
  look: { fill?: Colour; stroke?: Colour; widthPx?: number; dash?: readonly number[]; opacity?: number },
): string {
  const fill = ` fill="${look.fill ? colours[look.fill] : 'none'}"`
  const stroke = look.stroke
    ? ` stroke="${colours[look.stroke]}" stroke-width="${num(look.widthPx ?? 1)}"`
    : ''
  const dash = look.dash ? ` stroke-dasharray="${look.dash.map(num).join(' ')}"` : ''
  const opacity = look.opacity === undefined ? '' : ` opacity="${num(look.opacity)}"`
  return fill + stroke + dash + opacity
}

function pathOf(points: readonly number[]): string {
  let path = ''
  for (let index = 0; index < points.length; index += 2) {
    path += `${index === 0 ? 'M' : 'L'}${num(points[index] ?? 0)} ${num(points[index + 1] ?? 0)}`
  }
  return path
}

function num(value: number): string {
  return String(Math.round(value * 100) / 100)
}

// Control characters are not allowed in XML 1.0 even when escaped (section 2.2), nor are lone surrogates.
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}
