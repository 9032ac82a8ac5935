// What a picture inside a document may contain. A drawing is our own work, but names of tasks stand in it, and it is
// placed into an HTML page: so it is read again here and anything beyond shapes and text is refused.

const shapes = new Set(
  (
    'svg g path rect circle ellipse line polyline polygon text tspan title desc defs clipPath linearGradient ' +
    'radialGradient stop pattern marker'
  ).split(' '),
)

const attributes = new Set(
  (
    'xmlns viewBox width height preserveAspectRatio id class transform d x y x1 y1 x2 y2 cx cy r rx ry dx dy points ' +
    'fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-dashoffset stroke-linecap ' +
    'stroke-linejoin stroke-opacity stroke-miterlimit opacity paint-order font-family font-size font-weight ' +
    'font-style font-variant-numeric text-anchor dominant-baseline letter-spacing textLength lengthAdjust clip-path ' +
    'clip-rule clipPathUnits gradientUnits gradientTransform offset stop-color stop-opacity patternUnits ' +
    'patternTransform marker-start marker-mid marker-end markerWidth markerHeight refX refY orient role aria-label ' +
    'aria-hidden shape-rendering direction unicode-bidi vector-effect xml:space'
  ).split(' '),
)

// One tag: closing slash, name, attributes, self-closing slash. Values must be quoted.
const tag = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const attribute = /([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const entity = /&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\dA-Fa-f]{1,6});/g

/**
 * Says what is wrong with a picture; an empty list means that it may be printed.
 * Taken are shapes, text and gradients; refused are scripts, styles, events, references to anything outside of the
 * picture, entities, comments, and markup that is not well formed.
 */
export function svgFaults(svg: string): readonly string[] {
  const faults: string[] = []
  const open: string[] = []
  let position = 0
  let roots = 0
  while (position < svg.length) {
    const next = svg.indexOf('<', position)
    const between = svg.slice(position, next < 0 ? svg.length : next)
    if (open.length === 0 && between.trim() !== '') faults.push('text outside of the picture')
    if (between.replaceAll(entity, '').includes('&')) faults.push('an unknown entity')
    if (next < 0) break
    tag.lastIndex = next
    const found = tag.exec(svg)
    if (!found) return [...faults, `markup that is not understood: ${svg.slice(next, next + 24)}`]
    const [, closing, name = '', given = '', selfClosing] = found
    if (closing) {
      if (open.pop() !== name) return [...faults, `an element closed that was not open: ${name}`]
    } else {
      if (open.length === 0) roots += 1
      faults.push(...elementFaults(name, given, { isRoot: open.length === 0 }))
      if (!selfClosing) open.push(name)
    }
    position = tag.lastIndex
  }
  if (open.length > 0) faults.push(`an element left open: ${open.at(-1)}`)
  if (roots !== 1) faults.push(roots === 0 ? 'no picture at all' : 'more than one picture')
  return [...new Set(faults)]
}

function elementFaults(name: string, given: string, place: { isRoot: boolean }): readonly string[] {
  const faults: string[] = []
  const seen = new Set<string>()
  if (!shapes.has(name)) faults.push(`an element that is no shape: ${name}`)
  if (place.isRoot !== (name === 'svg')) faults.push('svg must be the root, and only the root')
  for (const [, key = '', double, single] of given.matchAll(attribute)) {
    const value = double ?? single ?? ''
    if (seen.has(key)) faults.push(`an attribute said twice: ${key}`)
    seen.add(key)
    if (!attributes.has(key)) faults.push(`an attribute that no picture needs: ${key}`)
    if (value.replaceAll(entity, '').includes('&')) faults.push('an unknown entity')
    if (key !== 'aria-label' && pointsOutside(value))
      faults.push(`a reference outside of the picture in ${key}`)
  }
  if (name === 'svg' && !seen.has('viewBox')) faults.push('no viewBox')
  return faults
}

// `url(#gradient)` and `var(--ink)` are the only functions that may look elsewhere.
function pointsOutside(value: string): boolean {
  return /url\(|[\\@]|javascript:|data:/i.test(value.replaceAll(/url\(#[\w-]+\)/g, ''))
}

/** The picture with the namespace and the typeface that a renderer outside of HTML asks for, and without halos. */
export function standaloneSvg(picture: string): string {
  const svg = withoutHalos(picture)
  const [root = ''] = /<svg[^>]*/.exec(svg) ?? []
  const namespace = /\sxmlns\s*=/.test(root) ? '' : ' xmlns="http://www.w3.org/2000/svg"'
  const typeface = /\sfont-family\s*=/.test(root) ? '' : ' font-family="Inter"'
  return svg.replace('<svg', () => `<svg${namespace}${typeface}`)
}

// A halo is a wide stroke painted before the letters. Typst paints letter by letter, so that each halo would cover the
// letter before it: the letters then stand without.
function withoutHalos(svg: string): string {
  return svg.replaceAll(/<[a-zA-Z]+(?=[^>]*\spaint-order=["']stroke)[^>]*>/g, (whole) =>
    whole.replaceAll(/\s(?:paint-order|stroke[a-z-]*)=(?:"[^"]*"|'[^']*')/g, ''),
  )
}

/** Width and height of the picture's viewBox, in its own units. */
export function svgSize(svg: string): { width: number; height: number } {
  const box = /\sviewBox\s*=\s*["']([^"']*)["']/.exec(svg)?.[1] ?? ''
  const [, , width = 0, height = 0] = box
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  return { width, height }
}
