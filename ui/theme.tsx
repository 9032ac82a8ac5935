import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.layer.css'
import './base.css'
import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  MantineProvider,
  useComputedColorScheme,
} from '@mantine/core'
import type { ReactNode } from 'react'
import { coloursOf, type Ground } from '../drawing/colours.ts'

// Index 8 is the filled button on light (6.4 to 1 with white), 7 on dark (5.0 to 1).
const helm: MantineColorsTuple = [
  '#eaf0fc',
  '#d6e2fa',
  '#bccdf3',
  '#a9bff0',
  '#93b3ff',
  '#7598f0',
  '#4b74d6',
  '#3c68d8',
  '#2557c7',
  '#1d479f',
]

// Mantine's greys in our tones: its own components take their lines, grounds and hovers from these.
const gray: MantineColorsTuple = [
  '#f8f8f6',
  '#f1f1ee',
  '#e8e8e4',
  '#d5d5d0',
  '#b4b7ba',
  '#8b9098',
  '#656b75',
  '#51575f',
  '#3a3f47',
  '#1c1f24',
]
const dark: MantineColorsTuple = [
  '#e7e9ec',
  '#c3c8d0',
  '#aab0ba',
  '#8f96a2',
  '#3a3e46',
  '#2a2e35',
  '#1f2227',
  '#17191d',
  '#131518',
  '#111316',
]

const buttonHeights = { xs: 24, sm: 28, md: 28, lg: 44 }

/** Mantine dressed in Helmward's tokens: rows 29 px, buttons 28 (24 in tool bars, 44 for thumbs), one accent colour. */
export const theme = createTheme({
  fontFamily: '"Inter Variable", Inter, system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  colors: { helm, gray, dark },
  primaryColor: 'helm',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: false,
  cursorType: 'pointer',
  respectReducedMotion: true,
  defaultRadius: 6,
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '14px', xl: '16px' },
  lineHeights: { xs: '15px', sm: '17px', md: '20px', lg: '20px', xl: '24px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '14px', xl: '20px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '12px' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '14px', lineHeight: '20px', fontWeight: '600' },
      h3: { fontSize: '13px', lineHeight: '20px', fontWeight: '600' },
    },
  },
  components: {
    Button: {
      defaultProps: { size: 'sm', variant: 'filled' },
      styles: { root: { flexShrink: 0 } },
      vars: (_: unknown, props: { size?: string }) => {
        const height = buttonHeights[(props.size ?? 'sm') as keyof typeof buttonHeights]
        if (height === undefined) return { root: {} }
        const isSmall = height === 24
        return {
          root: {
            '--button-height': `${height}px`,
            '--button-fz': isSmall ? '12px' : '12.5px',
            '--button-padding-x': isSmall ? '8px' : '10px',
          },
        }
      },
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    TextInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    // A list that scrolls by itself can be reached by the keyboard, a scroll area inside it cannot.
    Select: {
      defaultProps: { size: 'sm', withScrollArea: false },
      styles: { options: { maxHeight: 260, overflowY: 'auto' } },
    },
    Checkbox: { defaultProps: { size: 'xs' } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 0 } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 0 } } },
    Modal: {
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        centered: true,
        transitionProps: { duration: 80 },
        radius: 10,
      },
    },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 0 } } },
  },
})

/** The tokens as CSS variables (`--ink`, `--line`, `--crit-done` …), and Mantine's own set to them. */
export const tokenVariables: CSSVariablesResolver = () => ({
  variables: {
    '--row': '29px',
  },
  light: { ...groundVariables('light') },
  dark: { ...groundVariables('dark') },
})

// Set per ground, because Mantine sets its own there and the later word counts.
const mantineVariables: Record<string, string> = {
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-error': 'var(--r)',
  '--mantine-color-default': 'var(--raise)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-shadow-md': 'var(--pop)',
}

function groundVariables(ground: Ground): Record<string, string> {
  const variables: Record<string, string> = { ...mantineVariables }
  for (const [name, value] of Object.entries(coloursOf(ground))) variables[`--${name}`] = value
  // Mantine's soft variants fall short of 4.5 to 1 in most hues; ours are measured (drawing/colours.test.ts).
  const hues = { helm: 'accent', blue: 'accent', red: 'r', green: 'g', yellow: 'a', orange: 'a', gray: 'n' }
  for (const [hue, token] of Object.entries(hues)) {
    variables[`--mantine-color-${hue}-light`] = `var(--${token}-soft)`
    variables[`--mantine-color-${hue}-light-hover`] = `var(--${token}-soft)`
    variables[`--mantine-color-${hue}-light-color`] = `var(--${token})`
    variables[`--mantine-color-${hue}-text`] = `var(--${token})`
    variables[`--mantine-color-${hue}-outline`] = `var(--${token})`
  }
  variables['--mantine-color-gray-light-hover'] = 'var(--hover)'
  variables['--mantine-color-gray-filled'] = 'var(--ink-2)'
  variables['--pop'] =
    ground === 'light'
      ? '0 12px 36px rgb(20 22 26 / .16), 0 2px 6px rgb(20 22 26 / .08)'
      : '0 16px 44px rgb(0 0 0 / .55), 0 0 0 1px #33373f'
  return variables
}

/** Everything a screen of Helmward stands in. Light or dark follows the person's choice, then the machine's. */
export function HelmwardTheme({ children, force }: { children: ReactNode; force?: 'light' | 'dark' }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={tokenVariables}
      deduplicateCssVariables={false}
      defaultColorScheme="auto"
      {...(force ? { forceColorScheme: force } : {})}
    >
      {children}
    </MantineProvider>
  )
}

/** The ground pictures are painted on just now. */
export function useGround(): Ground {
  return useComputedColorScheme('light')
}
