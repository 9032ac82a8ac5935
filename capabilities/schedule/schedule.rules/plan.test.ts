import { expect, test } from 'vitest'
import { houseMove, id, link, PROJECT } from '../../../tests/house-move.ts'

test('over a change of the clock, elapsed time is counted by the wall clock or in real hours, as the project says', async () => {
  const { perform, show } = await houseMove()
  await perform('project.edit', { project: PROJECT, start: '2026-03-27T08:00:00', zone: 'Europe/Warsaw' })
  await perform('task.edit', { tasks: [{ id: id(10), durationMinutes: 480 }] })
  await perform('task.unlink', { links: [id(20)] })
  const lag = { kind: 'elapsed', minutes: 64 * 60 }
  await perform('task.link', { links: [link(22, 10, 11, { type: 'fs', lag })] })
  const driveStarts = async () => (await show()).tasks[1]?.start
  // Packed on Friday at 17:00; 64 hours later it is Monday 09:00 by the wall clock. The night to Sunday lacks an hour.
  expect(await driveStarts()).toBe('2026-03-30T09:00:00')
  await perform('project.edit', { project: PROJECT, elapsedAcrossDst: 'real' })
  expect(await driveStarts()).toBe('2026-03-30T10:00:00')
})

test('real hours need a time zone that is known', async () => {
  const { perform } = await houseMove()
  const real = { project: PROJECT, elapsedAcrossDst: 'real' }
  await expect(perform('project.edit', real)).rejects.toMatchObject({ code: 'project.noZone' })
  await expect(perform('project.edit', { ...real, zone: 'Atlantis/Poseidonis' })).rejects.toMatchObject({
    code: 'project.noZone',
    facts: { zone: 'Atlantis/Poseidonis' },
  })
  await perform('project.edit', { ...real, zone: 'Asia/Tokyo' })
  // Nor can the zone be taken away from a project that counts on it.
  await expect(perform('project.edit', { project: PROJECT, zone: null })).rejects.toMatchObject({
    code: 'project.noZone',
  })
})
