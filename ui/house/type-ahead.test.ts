import { expect, test } from 'vitest'
import { holdTyping } from './type-ahead.ts'

/** A window that only hears keys. */
function keyboard() {
  const heard = new Set<(event: KeyboardEvent) => void>()
  const target = {
    addEventListener: (_name: string, listener: unknown) => void heard.add(listener as never),
    removeEventListener: (_name: string, listener: unknown) => void heard.delete(listener as never),
  } as unknown as Window
  const press = (key: string, more: object = {}) => {
    let isTaken = false
    const event = {
      key,
      target: null,
      preventDefault: () => undefined,
      stopPropagation: () => (isTaken = true),
      ...more,
    }
    for (const listener of heard) listener(event as unknown as KeyboardEvent)
    return isTaken
  }
  return { target, press }
}

test('what is typed before the field opens is kept and is no command', () => {
  const { target, press } = keyboard()
  const release = holdTyping(target)
  expect([...'Carrx'].map((key) => press(key))).toEqual([true, true, true, true, true])
  press('Backspace')
  press('y')
  expect(release()).toEqual({ text: 'Carry', isEnded: false })
  expect(press('x')).toBe(false)
})

test('Enter ends the text, Escape drops it, shortcuts and fields are left alone', () => {
  const { target, press } = keyboard()
  const release = holdTyping(target)
  expect(press('z', { ctrlKey: true })).toBe(false)
  expect(press('a', { target: { tagName: 'INPUT' } })).toBe(false)
  press('n')
  press('Escape')
  press('B')
  press('Enter')
  press('x')
  expect(release()).toEqual({ text: 'B', isEnded: true })
})
