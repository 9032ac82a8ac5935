import { expect, test } from 'vitest'
import { SYSTEM } from '../../../kernel/access.ts'
import { houseMove, id, PROJECT } from '../../../tests/house-move.ts'

/** Start and finish of each task, by name. */
const dates = ({ tasks }: Awaited<ReturnType<Awaited<ReturnType<typeof houseMove>>['show']>>) =>
  Object.fromEntries(
    tasks.map(({ name, start, finish }) => [name, `${start.slice(5, 16)} ${finish.slice(5, 16)}`]),
  )

test('nothing that is still to be done lies before the status date, in one change that is undone at once', async () => {
  const { ledger, perform, show } = await houseMove()
  await perform('task.progress', { tasks: [{ id: id(10), percentComplete: 33.3333333 }] })
  const before = dates(await show())
  const { seq, output } = await perform('schedule.reschedule', {
    project: PROJECT,
    after: '2026-01-12T08:00:00',
  })
  expect(output).toEqual({ changed: 3, kept: [] })
  const after = dates(await show())
  const names = Object.keys(before)
  expect(after[names[0] ?? '']).toBe('01-05T08:00 01-13T17:00')
  expect(after[names[1] ?? '']?.slice(0, 11)).toBe('01-14T08:00')
  await ledger.undo({ actor: SYSTEM, via: 'test', seq })
  expect(dates(await show())).toEqual(before)
})

test('a task with a date of its own stays and is named, and without a status date it is refused', async () => {
  const { perform } = await houseMove()
  await expect(perform('schedule.reschedule', { project: PROJECT })).rejects.toMatchObject({
    code: 'schedule.noStatusDate',
  })
  await perform('task.constrain', {
    tasks: [{ id: id(10), constraint: 'mso', at: '2026-01-05T08:00:00' }],
  })
  await perform('project.edit', { project: PROJECT, statusDate: '2026-01-12T08:00:00' })
  const { output } = await perform('schedule.reschedule', { project: PROJECT })
  expect(output).toMatchObject({ kept: [{ task: id(10), reason: 'constraint' }] })
})

test('a started task goes on as the project says when its predecessor is late', async () => {
  const { perform, show } = await houseMove()
  const third = async () => Object.values(dates(await show()))[2]
  const started = { percentComplete: 50, actualStart: '2026-01-05T08:00:00' }
  await perform('task.progress', { tasks: [{ id: id(12), ...started }] })
  const usual = await third()
  await perform('project.edit', { project: PROJECT, outOfSequence: 'progressOverride' })
  const override = await third()
  await perform('project.edit', { project: PROJECT, outOfSequence: 'retainedLogic' })
  expect(await third()).toBe(usual)
  expect(override).toBe('01-05T08:00 01-06T17:00')
  expect(usual?.slice(12)).not.toBe('01-06T17:00')
})
