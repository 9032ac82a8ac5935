/** What of a keyboard event decides which key it is. */
export type Pressed = {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/**
 * The name of a pressed key as the key sheet writes it: `Ctrl Z`, `Alt ←`, `Shift x`, `j`. Command on a Mac counts as Ctrl.
 * Shift is named with letters and named keys only: `?` and `+` are what they are on every keyboard.
 */
export function keyName(pressed: Pressed): string {
  const { key } = pressed
  const shown =
    shownKeys[key] ??
    (/^[a-z]$/i.test(key)
      ? pressed.ctrlKey || pressed.metaKey
        ? key.toUpperCase()
        : key.toLowerCase()
      : key)
  const isShiftNamed = pressed.shiftKey && (key.length > 1 || /^[a-z ]$/i.test(key))
  const parts = [
    pressed.ctrlKey || pressed.metaKey ? 'Ctrl' : '',
    pressed.altKey ? 'Alt' : '',
    isShiftNamed ? 'Shift' : '',
    shown,
  ]
  return parts.filter((part) => part !== '').join(' ')
}

const shownKeys: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  ' ': 'Space',
  '\u2212': '-',
}

/** Whether a sequence such as `g p` has just been completed: the earlier key within the last second and a half. */
export function sequenceName(
  earlier: { name: string; atMilliseconds: number } | undefined,
  now: { name: string; atMilliseconds: number },
): string {
  if (!earlier || now.atMilliseconds - earlier.atMilliseconds > 1500) return now.name
  return `${earlier.name} ${now.name}`
}
