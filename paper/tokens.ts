import { coloursOf, type Ground } from '../drawing/colours.ts'

/** The declarations `--bg:#ffffff;…` of one ground, for a style sheet. */
export function tokenDeclarations(ground: Ground): string {
  return Object.entries(coloursOf(ground))
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';')
}

/** Writes print colours in place of `var(--token)`, for renderers that know no CSS variables. */
export function withPrintColours(svg: string): string {
  const colours: Readonly<Record<string, string>> = coloursOf('print')
  return svg.replaceAll(/var\(--([a-z0-9-]+)\)/g, (whole, name: string) =>
    Object.hasOwn(colours, name) ? (colours[name] ?? whole) : whole,
  )
}
