// Colours of a document, by the names of the product's design tokens. Every pair used for text has a contrast of at
// least 4.5 : 1 on its ground (WCAG 2.2, 1.4.3), in light and in dark.

export const lightTokens = {
  bg: '#ffffff',
  canvas: '#f6f6f4',
  line: '#e8e8e4',
  'line-2': '#d5d5d0',
  ink: '#1c1f24',
  'ink-2': '#51575f',
  'ink-3': '#656b75',
  accent: '#2557c7',
  'accent-soft': '#eaf0fc',
  'accent-line': '#bccdf3',
  g: '#17653a',
  'g-soft': '#e3f2e8',
  'g-line': '#b5dcc3',
  a: '#855000',
  'a-soft': '#fbefd6',
  'a-line': '#ecd198',
  r: '#b0262d',
  'r-soft': '#fbe6e5',
  'r-line': '#efbab8',
  n: '#51575f',
  'n-soft': '#eeeeeb',
  'n-line': '#d5d5d0',
  bar: '#a9bff0',
  'bar-done': '#4b74d6',
  crit: '#eda9a6',
  'crit-done': '#c1373d',
  sum: '#3a3f47',
  base: '#8b9098',
  link: '#9aa0aa',
  today: '#2557c7',
  c1: '#2557c7',
  c2: '#1c1f24',
  c3: '#8d939d',
  c4: '#9db6ee',
  fill: '#dfe7fa',
  grid: '#ecece8',
} as const

export type Token = keyof typeof lightTokens

export const darkTokens: Record<Token, string> = {
  bg: '#17191d',
  canvas: '#111316',
  line: '#282b31',
  'line-2': '#3a3e46',
  ink: '#e7e9ec',
  'ink-2': '#aab0ba',
  'ink-3': '#8f96a2',
  accent: '#93b3ff',
  'accent-soft': '#1e2a47',
  'accent-line': '#34497c',
  g: '#86d6a6',
  'g-soft': '#16301f',
  'g-line': '#27543a',
  a: '#efc06d',
  'a-soft': '#352a12',
  'a-line': '#5f4a1c',
  r: '#ff9d97',
  'r-soft': '#3b1d1e',
  'r-line': '#6b3130',
  n: '#aab0ba',
  'n-soft': '#272a30',
  'n-line': '#3a3e46',
  bar: '#38508f',
  'bar-done': '#7598f0',
  crit: '#7d3b3b',
  'crit-done': '#ef7d78',
  sum: '#c3c8d0',
  base: '#626872',
  link: '#6d7480',
  today: '#93b3ff',
  c1: '#8eaefc',
  c2: '#e7e9ec',
  c3: '#858c98',
  c4: '#44619f',
  fill: '#22304f',
  grid: '#25282e',
}

/** The declarations `--bg:#ffffff;…` of one palette. */
export function tokenDeclarations(palette: Record<Token, string>): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';')
}

/** Writes the light colours in place of `var(--token)`, for renderers that know no CSS variables. */
export function withLightColours(svg: string): string {
  return svg.replaceAll(/var\(--([a-z0-9-]+)\)/g, (whole, name: string) =>
    Object.hasOwn(lightTokens, name) ? lightTokens[name as Token] : whole,
  )
}
