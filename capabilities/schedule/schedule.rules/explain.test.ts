import { expect, test } from 'vitest'
import { SYSTEM } from '../../../kernel/access.ts'
import { houseMove, id, link, PROJECT } from '../../../tests/house-move.ts'
import type { Explained } from './explain.ts'

async function asked() {
  const move = await houseMove()
  const why = async (task: number) =>
    (await move.ledger.ask(SYSTEM, 'schedule.explain', { project: PROJECT, task: id(task) })) as Explained
  return { ...move, why }
}

test('the whole chain goes from the task back to the start of the project, each step with its rule', async () => {
  const { why } = await asked()
  const { chain, nextLimit, earlier } = await why(12)
  expect(chain.map(({ name, start, by, sentence }) => [name, start, by?.kind, sentence])).toEqual([
    [
      'Unpack',
      '2026-01-09T08:00:00',
      'link',
      '"Unpack" starts on Fri 9 Jan 2026, 08:00 because it waits until "Drive" is finished.',
    ],
    [
      'Drive',
      '2026-01-08T08:00:00',
      'link',
      '"Drive" starts on Thu 8 Jan 2026, 08:00 because it waits until "Pack" is finished.',
    ],
    [
      'Pack',
      '2026-01-05T08:00:00',
      'projectStart',
      '"Pack" starts on Mon 5 Jan 2026, 08:00 because it starts with the project on Mon 5 Jan 2026, 08:00.',
    ],
  ])
  expect(nextLimit).toEqual({
    text: 'starts with the project on Mon 5 Jan 2026, 08:00 (4 d earlier)',
    task: null,
    slackMinutes: 4 * 480,
  })
  expect(earlier.sentence).toBe('Most can be won at "Pack", up to 3 d; then something else decides.')
  expect(earlier.levers.map(({ name, gainMinutes }) => [name, gainMinutes])).toEqual([
    ['Unpack', 960],
    ['Drive', 480],
    ['Pack', 1440],
  ])
})

test('a second limit close by says how little can be won, and what decides then', async () => {
  const { why, perform } = await asked()
  await perform('task.create', { id: id(13), project: PROJECT, name: 'Keys', durationMinutes: 960 })
  await perform('task.link', { links: [link(22, 13, 11)] })
  const { nextLimit, earlier, chain } = await why(11)
  expect(nextLimit).toMatchObject({ task: id(13), slackMinutes: 480 })
  expect(earlier.levers.find(({ name }) => name === 'Pack')).toMatchObject({ gainMinutes: 480 })
  expect(chain[0]?.by).toEqual({ kind: 'link', link: id(20) })
})

test('what is done is a fact, and nothing about it can give way', async () => {
  const { why, perform } = await asked()
  await perform('task.progress', { tasks: [{ id: id(10), percentComplete: 100 }] })
  const { chain, earlier } = await why(10)
  expect(chain.map(({ by }) => by?.kind)).toEqual(['actual'])
  expect(earlier).toEqual({ sentence: 'Nothing can give way: its dates are facts.', levers: [] })
})
