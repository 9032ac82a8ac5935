import { expect, test } from 'vitest'
import { SYSTEM } from '../../../kernel/access.ts'
import { houseMove, id, PROJECT } from '../../../tests/house-move.ts'
import type { conflictsOfSchedule } from '../schedule.actions/conflicts.ts'

type Answer = Awaited<ReturnType<typeof conflictsOfSchedule.run>>

async function house() {
  const move = await houseMove()
  const conflicts = async (input = {}) =>
    (await move.ledger.ask(SYSTEM, 'schedule.conflicts', { project: PROJECT, ...input })) as Answer
  return { ...move, conflicts }
}

test('a plan that can be kept lists nothing', async () => {
  const { conflicts } = await house()
  expect(await conflicts()).toMatchObject({ count: 0, counts: [], conflicts: [] })
})

test('a date against the links is told with the chain that leads there, and the fix mends it', async () => {
  const { conflicts, perform } = await house()
  await perform('task.constrain', {
    tasks: [{ id: id(12), constraint: 'mso', at: '2026-01-07T08:00:00' }],
  })
  const { counts, conflicts: found } = await conflicts()
  expect(counts.map(({ kind, count }) => [kind, count])).toEqual([
    ['constraint', 1],
    ['negativeSlack', 1],
  ])
  const [first] = found
  expect(first?.sentence).toBe(
    '"Unpack" is held on Wed 7 Jan 2026, 08:00 by its constraint, but "Drive" lets it start on Fri 9 Jan 2026, 08:00 at the earliest.',
  )
  expect(first?.chain.map(({ name, sentence }) => `${name}: ${sentence}`)).toEqual([
    'Pack: Mon 5 Jan 2026 to Wed 7 Jan 2026',
    'Drive: Thu 8 Jan 2026',
  ])
  expect(first?.fixes.map(({ title }) => title)).toEqual([
    'Start no earlier than that date instead',
    'Lift the constraint',
  ])
  const fix = first?.fixes[0]
  if (!fix || !('action' in fix)) throw new Error('no fix')
  await perform(fix.action, fix.input)
  expect((await conflicts()).count).toBe(0)
})

test('a missed deadline is told with its path, and can become a later one', async () => {
  const { conflicts, perform } = await house()
  await perform('task.edit', { tasks: [{ id: id(12), deadline: '2026-01-09T17:00:00' }] })
  const { conflicts: found } = await conflicts()
  expect(found.map(({ sentence }) => sentence)).toEqual([
    '3 tasks from "Pack" to "Unpack" are 1 d later than the dates of "Unpack" allow.',
    '"Unpack" finishes on Mon 12 Jan 2026, 17:00; its deadline is Fri 9 Jan 2026, 17:00.',
  ])
  const fix = found[1]?.fixes.find((one) => 'action' in one)
  if (!fix || !('action' in fix)) throw new Error('no fix')
  await perform(fix.action, fix.input)
  expect((await conflicts()).count).toBe(0)
})

test('who is asked for twice is told with days and tasks, and offered levelling', async () => {
  const { conflicts, perform } = await house()
  await perform('resource.add', { id: id(30), name: 'Ruth Abara', type: 'work' })
  await perform('task.create', { id: id(13), project: PROJECT, name: 'Sell the sofa', durationMinutes: 960 })
  await perform('task.assign', {
    assignments: [
      { id: id(40), task: id(10), resource: id(30) },
      { id: id(41), task: id(13), resource: id(30), units: 0.5 },
    ],
  })
  const { conflicts: found } = await conflicts({ kinds: ['overload'] })
  expect(found).toEqual([
    {
      id: `overload ${id(30)} ${id(10)} ${id(13)} ${Date.UTC(2026, 0, 5, 8) / 60_000}`,
      kind: 'overload',
      sentence:
        'Ruth Abara is asked for 150 % from Mon 5 Jan 2026 to Tue 6 Jan 2026: "Pack" and "Sell the sofa".',
      tasks: [
        { id: id(10), name: 'Pack' },
        { id: id(13), name: 'Sell the sofa' },
      ],
      chain: [],
      resource: id(30),
      from: '2026-01-05T08:00:00',
      to: '2026-01-06T17:00:00',
      fixes: [{ title: 'Level…', preview: 'schedule.levelPreview', input: { project: PROJECT } }],
    },
  ])
})

test('dates set by hand, ignored links and work out of sequence each have their fix', async () => {
  const { conflicts, perform } = await house()
  await perform('task.edit', { tasks: [{ id: id(12), mode: 'manual' }] })
  await perform('task.edit', {
    tasks: [{ id: id(12), start: '2026-01-07T08:00:00', finish: '2026-01-08T17:00:00' }],
  })
  await perform('task.progress', {
    tasks: [{ id: id(11), percentComplete: 50, actualStart: '2026-01-06T08:00:00' }],
  })
  const sentences = async () =>
    (await conflicts()).conflicts.map(({ kind, sentence }) => `${kind}: ${sentence}`)
  expect(await sentences()).toContain(
    'outOfSequence: "Drive" began on Tue 6 Jan 2026, 08:00 although it waits for "Pack".',
  )
  expect(await sentences()).toContain(
    'manual: "Unpack" is set by hand to start on Wed 7 Jan 2026, 08:00; "Drive" allows that on Thu 8 Jan 2026, 12:00 at the earliest.',
  )
  for (let round = 0; round < 5; round++) {
    const next = (await conflicts()).conflicts.flatMap(({ fixes }) => fixes).find((fix) => 'action' in fix)
    if (next && 'action' in next) await perform(next.action, next.input)
  }
  expect((await conflicts()).count).toBe(0)
})

test('a long list comes a page at a time, counted whole', async () => {
  const { conflicts, perform } = await house()
  await perform('task.edit', {
    tasks: [10, 11, 12].map((n) => ({ id: id(n), deadline: '2026-01-05T09:00:00' })),
  })
  const page = await conflicts({ kinds: ['deadline'], offset: 1, limit: 1 })
  expect(page).toMatchObject({ count: 4, matching: 3 })
  expect(page.conflicts.map(({ tasks }) => tasks[0]?.name)).toEqual(['Drive'])
})
