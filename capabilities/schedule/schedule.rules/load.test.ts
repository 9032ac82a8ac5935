import { expect, test } from 'vitest'
import { SYSTEM } from '../../../kernel/access.ts'
import { houseMove, id, PROJECT } from '../../../tests/house-move.ts'
import type { loadOfSchedule } from '../schedule.actions/load.ts'

type Answer = Awaited<ReturnType<typeof loadOfSchedule.run>>

const RUTH = id(30)
const LARS = id(31)

/** Ruth packs and, at the same time, sells the old sofa by half a day each day; Lars drives and unpacks. */
async function withPeople() {
  const house = await houseMove()
  const { perform, ledger } = house
  await perform('resource.add', { id: RUTH, name: 'Ruth Abara', type: 'work', group: 'Family' })
  await perform('resource.add', { id: LARS, name: 'Lars Eklund', type: 'work' })
  await perform('task.create', { id: id(13), project: PROJECT, name: 'Sell the sofa', durationMinutes: 2400 })
  await perform('task.assign', {
    assignments: [
      { id: id(40), task: id(10), resource: RUTH },
      { id: id(41), task: id(13), resource: RUTH, units: 0.5 },
      { id: id(42), task: id(11), resource: LARS },
      { id: id(43), task: id(12), resource: LARS },
    ],
  })
  const load = async (input = {}) =>
    (await ledger.ask(SYSTEM, 'schedule.load', { project: PROJECT, ...input })) as Answer
  return { ...house, load }
}

test('who has too much stands first, with the week, the minutes and the peak at one moment', async () => {
  const { load } = await withPeople()
  const { days, people, count, overCount } = await load()
  expect(days).toEqual(['2026-01-05', '2026-01-12', '2026-01-19'])
  expect({ count, overCount }).toEqual({ count: 2, overCount: 1 })
  expect(people[0]).toEqual({
    resource: RUTH,
    name: 'Ruth Abara',
    group: 'Family',
    maxUnits: 1,
    workMinutes: [3 * 480 + 1200, 0],
    otherMinutes: [0, 0],
    capacityMinutes: [2400, 2400],
    percent: [110, 0],
    peakUnits: [1.5, 0],
    peakPercent: 110,
    peakOn: '2026-01-05',
    overPeriods: 1,
  })
  expect(people[1]).toMatchObject({ name: 'Lars Eklund', workMinutes: [960, 480], percent: [40, 20] })
})

test('one person is answered day by day and task by task', async () => {
  const { load } = await withPeople()
  const { people } = await load({ by: 'day', from: '2026-01-07', to: '2026-01-08', resource: RUTH })
  expect(people[0]).toMatchObject({
    workMinutes: [720, 240],
    percent: [150, 50],
    tasks: [
      { task: id(10), name: 'Pack', workMinutes: [480, 0] },
      { task: id(13), name: 'Sell the sofa', workMinutes: [240, 240] },
    ],
  })
})

test('a group is shown alone, a page at a time', async () => {
  const { load } = await withPeople()
  expect((await load({ group: 'Family' })).people.map(({ name }) => name)).toEqual(['Ruth Abara'])
  const second = await load({ offset: 1, limit: 1 })
  expect(second.people.map(({ name }) => name)).toEqual(['Lars Eklund'])
  expect(second.count).toBe(2)
  expect(second.total).toEqual({
    workMinutes: [3600, 480],
    otherMinutes: [0, 0],
    capacityMinutes: [4800, 4800],
    percent: [75, 10],
  })
})

test('what somebody does in another project counts, unless only this one is asked for', async () => {
  const { load, perform } = await withPeople()
  await perform('project.create', { id: id(2), name: 'Garden', start: '2026-01-05T08:00:00' })
  await perform('task.create', { id: id(50), project: id(2), name: 'Dig', durationMinutes: 960 })
  await perform('task.assign', { assignments: [{ id: id(51), task: id(50), resource: LARS }] })
  const { people, otherPlans } = await load()
  expect(otherPlans).toBe(1)
  expect(people.find(({ name }) => name === 'Lars Eklund')).toMatchObject({
    workMinutes: [960, 480],
    otherMinutes: [960, 0],
    percent: [80, 20],
  })
  const alone = await load({ others: false })
  expect(alone.people.find(({ name }) => name === 'Lars Eklund')).toMatchObject({ otherMinutes: [0, 0] })
})

test('what is past the status date is nobody’s overload any more', async () => {
  const { load, perform } = await withPeople()
  await perform('project.edit', { project: PROJECT, statusDate: '2026-01-12T17:00:00' })
  expect((await load()).overCount).toBe(0)
})

test('too much load for one answer and people who are not there are refused', async () => {
  const { load } = await withPeople()
  await expect(load({ by: 'day', from: '1950-01-01', to: '2100-01-01' })).rejects.toMatchObject({
    code: 'schedule.loadTooLong',
  })
  await expect(load({ resource: id(99) })).rejects.toMatchObject({ code: 'resource.missing' })
})
