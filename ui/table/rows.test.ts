import { expect, test } from 'vitest'
import { filterRows, nextOrder, pagesFor, type RegisterColumn, sortRows } from './rows.ts'

type Action = { id: string; title: string; owner: string; dueMinute: number | null }

const columns: RegisterColumn<Action>[] = [
  { key: 'id', title: 'ID', widthPx: 60, text: ({ id }) => id, sort: ({ id }) => id },
  { key: 'title', title: 'Action', widthPx: 200, text: ({ title }) => title, sort: ({ title }) => title },
  { key: 'owner', title: 'Owner', widthPx: 120, text: ({ owner }) => owner },
  {
    key: 'due',
    title: 'Due',
    widthPx: 70,
    isNumber: true,
    text: ({ dueMinute }) => String(dueMinute ?? ''),
    sort: ({ dueMinute }) => dueMinute,
  },
]
const actions: Action[] = [
  { id: 'A-41', title: 'Book UAT rooms in Kraków', owner: 'Maya Okafor', dueMinute: 300 },
  { id: 'A-9', title: 'Name a second DBA', owner: 'Maya Okafor', dueMinute: null },
  { id: 'A-100', title: 'Close the interface issue', owner: 'Lars Eklund', dueMinute: 100 },
]
const ids = (rows: readonly Action[]) => rows.map(({ id }) => id)

test('numbers in ids are ordered as numbers', () => {
  expect(ids(sortRows(actions, columns, { key: 'id', direction: 'ascending' }))).toEqual([
    'A-9',
    'A-41',
    'A-100',
  ])
})

test('what has no date comes last in both directions', () => {
  expect(ids(sortRows(actions, columns, { key: 'due', direction: 'ascending' }))).toEqual([
    'A-100',
    'A-41',
    'A-9',
  ])
  expect(ids(sortRows(actions, columns, { key: 'due', direction: 'descending' }))).toEqual([
    'A-41',
    'A-100',
    'A-9',
  ])
})

test('a column that cannot be sorted leaves the order', () => {
  expect(sortRows(actions, columns, { key: 'owner', direction: 'ascending' })).toBe(actions)
})

test('every word must be found, in whichever column', () => {
  expect(ids(filterRows(actions, columns, 'maya uat'))).toEqual(['A-41'])
  expect(ids(filterRows(actions, columns, 'KRAKÓW'))).toEqual(['A-41'])
  expect(filterRows(actions, columns, '  ')).toBe(actions)
})

test('a head is clicked up, down and away', () => {
  const up = nextOrder(undefined, 'due')
  const down = nextOrder(up, 'due')
  expect([up?.direction, down?.direction, nextOrder(down, 'due')]).toEqual([
    'ascending',
    'descending',
    undefined,
  ])
  expect(nextOrder(down, 'id')).toEqual({ key: 'id', direction: 'ascending' })
})

test('only the pages in sight are fetched', () => {
  expect(pagesFor(95, 130, 100)).toEqual([0, 1])
  expect(pagesFor(200, 230, 100)).toEqual([2])
})
