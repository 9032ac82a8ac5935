import { expect, test } from 'vitest'
import { keyName, sequenceName } from './key-names.ts'

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

test('keys are named as the sheet writes them', () => {
  expect(keyName({ ...plain, key: 'z', ctrlKey: true })).toBe('Ctrl Z')
  expect(keyName({ ...plain, key: 'z', metaKey: true })).toBe('Ctrl Z')
  expect(keyName({ ...plain, key: 'Z', ctrlKey: true, shiftKey: true })).toBe('Ctrl Shift Z')
  expect(keyName({ ...plain, key: 'ArrowLeft', altKey: true })).toBe('Alt ←')
  expect(keyName({ ...plain, key: 'X', shiftKey: true })).toBe('Shift x')
  expect(keyName({ ...plain, key: '?', shiftKey: true })).toBe('?')
  expect(keyName({ ...plain, key: ' ' })).toBe('Space')
})

test('g then p is one key when it comes quickly', () => {
  const g = { name: 'g', atMilliseconds: 1000 }
  expect(sequenceName(g, { name: 'p', atMilliseconds: 1400 })).toBe('g p')
  expect(sequenceName(g, { name: 'p', atMilliseconds: 4000 })).toBe('p')
  expect(sequenceName(undefined, g)).toBe('g')
})
