/**
 * The colours of Helmward, in one place: screens take them as CSS variables (`ui/theme.tsx`), drawn pictures take
 * them by name and resolve them at the last moment, so that the same draw list serves light, dark and paper.
 * Contrast on their own ground: ink 16.5, ink-2 7.3, ink-3 5.4 (light); 14.5, 8.1, 5.9 (dark).
 */
export type Ground = 'light' | 'dark' | 'print'

const light = {
  bg: '#ffffff',
  canvas: '#f6f6f4',
  side: '#f8f8f6',
  raise: '#ffffff',
  hover: '#f1f1ee',
  sunken: '#f4f4f1',
  line: '#e8e8e4',
  'line-2': '#d5d5d0',
  ink: '#1c1f24',
  'ink-2': '#51575f',
  'ink-3': '#656b75',
  accent: '#2557c7',
  'accent-solid': '#2557c7',
  'accent-on': '#ffffff',
  'accent-soft': '#eaf0fc',
  'accent-line': '#bccdf3',
  sel: '#eef3fd',
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
  h0: '#f3f3f0',
  h1: '#e3eafa',
  h2: '#c3d3f6',
  h3: '#93b0ec',
  h4: '#f5cfa0',
  h5: '#e79a94',
  m1: '#e9f3ec',
  m2: '#f4f1dd',
  m3: '#faeccf',
  m4: '#f9ddd0',
  m5: '#f6cbc7',
  off: '#f8f8f6',
  card: '#ffffff',
}

export type Colour = keyof typeof light

const dark: Record<Colour, string> = {
  ...light,
  bg: '#17191d',
  canvas: '#111316',
  side: '#131518',
  raise: '#1f2227',
  hover: '#22252b',
  sunken: '#1b1e22',
  line: '#282b31',
  'line-2': '#3a3e46',
  ink: '#e7e9ec',
  'ink-2': '#aab0ba',
  'ink-3': '#8f96a2',
  accent: '#93b3ff',
  'accent-solid': '#3c68d8',
  'accent-soft': '#1e2a47',
  'accent-line': '#34497c',
  sel: '#1c2538',
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
  h0: '#1c1f24',
  h1: '#1f2b48',
  h2: '#2a3f70',
  h3: '#3e5fa8',
  h4: '#7a5a22',
  h5: '#8d403d',
  m1: '#182a1f',
  m2: '#26281a',
  m3: '#352a15',
  m4: '#3d2519',
  m5: '#4a2120',
  off: '#1b1e22',
  card: '#1a1d21',
}

// Paper is white whatever the theme, and has no hover or selection.
const print: Record<Colour, string> = {
  ...light,
  canvas: '#ffffff',
  side: '#ffffff',
  sel: '#ffffff',
  hover: '#ffffff',
}

const grounds: Record<Ground, Record<Colour, string>> = { light, dark, print }

/** All colours of one ground as `#rrggbb`, by name. */
export function coloursOf(ground: Ground): Readonly<Record<Colour, string>> {
  return grounds[ground]
}

/** One colour of one ground as `#rrggbb`. */
export function colourOf(ground: Ground, colour: Colour): string {
  return grounds[ground][colour]
}
