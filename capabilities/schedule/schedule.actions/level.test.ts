import { expect, test } from 'vitest'
import { SYSTEM } from '../../../kernel/access.ts'
import { houseMove, id, PROJECT } from '../../../tests/house-move.ts'
import type { previewLevelling } from './level.ts'

type Previewed = Awaited<ReturnType<typeof previewLevelling.run>>

/** Ruth packs for three days from Monday and is to get the keys in the same two days. */
async function ruthTwice() {
  const move = await houseMove()
  await move.perform('resource.add', { id: id(40), in: PROJECT, name: 'Ruth Abara', type: 'work' })
  await move.perform('task.create', { id: id(13), project: PROJECT, name: 'Get keys', durationMinutes: 960 })
  const assigned = [10, 13].map((task, index) => ({ id: id(41 + index), task: id(task), resource: id(40) }))
  await move.perform('task.assign', { assignments: assigned })
  const preview = async () =>
    (await move.ledger.ask(SYSTEM, 'schedule.levelPreview', { project: PROJECT })) as Previewed
  return { ...move, preview }
}

test('a preview says who waits for whom and changes nothing', async () => {
  const { ledger, preview } = await ruthTwice()
  const head = await ledger.head()
  const { moves, overloads } = await preview()
  expect(moves).toMatchObject([
    {
      name: 'Get keys',
      from: '2026-01-05T08:00:00',
      to: '2026-01-08T08:00:00',
      why: 'Waits for Ruth Abara, held by "Pack" until Wed 7 Jan 2026.',
    },
  ])
  expect(overloads).toEqual([])
  expect(await ledger.head()).toBe(head)
})

test('accepted moves come true as previewed, and one undo takes them back', async () => {
  const { ledger, perform, preview, dates } = await ruthTwice()
  const before = await dates()
  const [move] = (await preview()).moves
  const { seq, output } = await perform('schedule.level', { project: PROJECT, tasks: [move?.task] })
  expect(output).toEqual({ tasks: 1 })
  expect((await dates())['Get keys']).toBe('01-08 01-09')
  expect((await preview()).moves).toEqual([])
  await ledger.undo({ actor: SYSTEM, via: 'test', seq })
  expect(await dates()).toEqual(before)
})

test('what levelling does not move cannot be accepted', async () => {
  const { perform } = await ruthTwice()
  await expect(perform('schedule.level', { project: PROJECT, tasks: [id(10)] })).rejects.toMatchObject({
    code: 'schedule.notLevelled',
  })
})
