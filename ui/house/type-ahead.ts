/** What was typed while the place to type it was still being made. */
export type TypedAhead = { readonly text: string; readonly isEnded: boolean }

const LONGEST_WAIT_MS = 6000

/**
 * Holds what people type from now on, so that letters meant for a field that is about to open never become commands.
 * `release` ends it and gives the text; Enter ends the text, Escape drops it. Gives up by itself after six seconds.
 */
export function holdTyping(
  target: Pick<Window, 'addEventListener' | 'removeEventListener'> = window,
): () => TypedAhead {
  let text = ''
  let isEnded = false
  const hold = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isInField(event)) return
    if (isEnded || !(event.key.length === 1 || ['Backspace', 'Enter', 'Escape'].includes(event.key))) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Enter') isEnded = text !== ''
    else if (event.key === 'Escape') text = ''
    else if (event.key === 'Backspace') text = text.slice(0, -1)
    else text += event.key
  }
  const stop = () => target.removeEventListener('keydown', hold as EventListener, true)
  target.addEventListener('keydown', hold as EventListener, true)
  const givingUp = setTimeout(stop, LONGEST_WAIT_MS)
  return () => {
    clearTimeout(givingUp)
    stop()
    return { text: text.trimStart(), isEnded }
  }
}

function isInField({ target }: KeyboardEvent): boolean {
  const name = (target as { tagName?: string } | null)?.tagName
  return name === 'INPUT' || name === 'TEXTAREA' || name === 'SELECT'
}

/**
 * Hands what was typed ahead to the next field that opens inside `place`, as if it had been typed there; Enter included.
 * Until then everything typed stays held, so that nothing falls between two chairs.
 */
export function typeIntoNextField(place: string, release: () => TypedAhead): void {
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLInputElement) || !target.closest(place)) return
    document.removeEventListener('focusin', onFocus, true)
    // After the field has selected what stands in it, before any further key.
    queueMicrotask(() => {
      const { text, isEnded } = release()
      if (text === '') return
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
      set?.call(target, text)
      target.dispatchEvent(new Event('input', { bubbles: true }))
      target.setSelectionRange(text.length, text.length)
      if (isEnded) {
        const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })
        requestAnimationFrame(() => target.dispatchEvent(enter))
      }
    })
  }
  document.addEventListener('focusin', onFocus, true)
  setTimeout(() => document.removeEventListener('focusin', onFocus, true), LONGEST_WAIT_MS)
}
