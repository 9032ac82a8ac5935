import { expect, test } from 'vitest'
import { fitOf } from './commands.ts'
import { nameBeside } from './where.ts'

test('each typed word must stand in a title, and the beginning of a word weighs more than its middle', () => {
  expect(fitOf('5.3 Interface package delivered', 'pack deliv')).toBeGreaterThan(0)
  expect(fitOf('5.3 Interface package delivered', 'pack late')).toBe(0)
  expect(fitOf('Task', 'task')).toBeGreaterThan(fitOf('New task', 'task'))
  expect(fitOf('New task', 'task')).toBeGreaterThan(fitOf('Multitasking', 'task'))
})

test('a name does not say its code twice', () => {
  expect(nameBeside({ name: 'ERP: finance to a cloud suite', code: 'ERP' })).toBe('finance to a cloud suite')
  expect(nameBeside({ name: 'Claims portal', code: 'CLM' })).toBe('Claims portal')
  expect(nameBeside({ name: 'ERP', code: 'ERP' })).toBe('ERP')
})
