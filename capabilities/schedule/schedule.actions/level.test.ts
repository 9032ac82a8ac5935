import { expect, test } from 'vitest'
import { SYSTEM } from '../../../kernel/access.ts'
import { houseMove, id, link, PROJECT } from '../../../tests/house-move.ts'
import type { previewLevelling, resourceCriticalPath } from './level.ts'

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

const PORTAL = id(2)

/** Ruth has two days of keys in the house move and, under another name, three days of design in the portal. */
async function ruthInTwoProjects() {
  const move = await houseMove()
  const { perform, ledger } = move
  await perform('person.add', { id: id(70), name: 'Ruth Abara' })
  await perform('project.create', { id: PORTAL, name: 'Customer portal', start: '2026-01-05T08:00:00' })
  await perform('resource.add', { id: id(40), in: PROJECT, name: 'Ruth', type: 'work', person: id(70) })
  await perform('resource.add', { id: id(45), in: PORTAL, name: 'R. Abara', type: 'work', person: id(70) })
  await perform('task.create', { id: id(13), project: PROJECT, name: 'Get keys', durationMinutes: 960 })
  await perform('task.edit', { tasks: [{ id: id(13), priority: 800 }] })
  await perform('task.create', { id: id(14), project: PORTAL, name: 'Design', durationMinutes: 1440 })
  await perform('task.assign', {
    assignments: [
      { id: id(41), task: id(13), resource: id(40) },
      { id: id(42), task: id(14), resource: id(45) },
    ],
  })
  const ask = async (input: object) => (await ledger.ask(SYSTEM, 'schedule.levelPreview', input)) as Previewed
  const designStart = async () => {
    const shown = (await ledger.ask(SYSTEM, 'schedule.show', { project: PORTAL })) as {
      tasks: { start: string }[]
    }
    return shown.tasks[0]?.start
  }
  return { ...move, ask, designStart }
}

test('a person shared by two projects under two names waits in the less urgent one; one undo for both', async () => {
  const { ask, perform, ledger, designStart } = await ruthInTwoProjects()
  expect((await ask({ project: PROJECT })).moves).toEqual([])
  const { moves, projects, overloads } = await ask({ project: PROJECT, with: [PORTAL] })
  expect(moves).toMatchObject([
    {
      project: PORTAL,
      name: 'Design',
      to: '2026-01-07T08:00:00',
      movedMinutes: 960,
      why: 'Waits for Ruth, held by "Get keys" until Tue 6 Jan 2026; priority 500 < 800.',
    },
  ])
  expect(projects.map(({ name, finishAfter }) => [name, finishAfter])).toEqual([
    ['House move', '2026-01-12T17:00:00'],
    ['Customer portal', '2026-01-09T17:00:00'],
  ])
  expect(overloads).toEqual([])
  const { seq } = await perform('schedule.level', { project: PROJECT, with: [PORTAL] })
  expect(await designStart()).toBe('2026-01-07T08:00:00')
  await ledger.undo({ actor: SYSTEM, via: 'test', seq })
  expect(await designStart()).toBe('2026-01-05T08:00:00')
})

test('work is interrupted where that is allowed, and stands as the preview said', async () => {
  const { perform, ledger, show } = await ruthTwice()
  await perform('task.create', { id: id(15), project: PROJECT, name: 'Doctor', durationMinutes: 480 })
  const friday = { id: id(15), constraint: 'mso', at: '2026-01-09T08:00:00' }
  await perform('task.constrain', { tasks: [friday] })
  await perform('task.assign', { assignments: [{ id: id(43), task: id(15), resource: id(40) }] })
  const whole = { project: PROJECT, room: 'withinSlack' }
  const told = (await ledger.ask(SYSTEM, 'schedule.levelPreview', whole)) as Previewed
  expect(told.unlevelled).toMatchObject([
    { name: 'Get keys', text: 'has no slack left to move within (Ruth Abara)' },
  ])
  const open = { ...whole, splitting: true }
  const preview = (await ledger.ask(SYSTEM, 'schedule.levelPreview', open)) as Previewed
  expect(preview.moves).toMatchObject([
    {
      name: 'Get keys',
      parts: [
        { from: '2026-01-08T08:00:00', to: '2026-01-08T17:00:00' },
        { from: '2026-01-12T08:00:00', to: '2026-01-12T17:00:00' },
      ],
      why: 'Waits for Ruth Abara, held by "Doctor" until Fri 9 Jan 2026.',
    },
  ])
  await perform('schedule.level', open)
  const shown = new Map((await show()).tasks.map((task) => [task.id, task]))
  for (const move of preview.moves)
    expect([shown.get(move.task)?.start, shown.get(move.task)?.finish]).toEqual([move.to, move.toFinish])
  const after = (await ledger.ask(SYSTEM, 'schedule.levelPreview', open)) as Previewed
  expect(after.overloadsBefore).toEqual([])
})

test('whatever the plan, levelling it comes true in the plan that is shown', {
  timeout: 60_000,
}, async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const { perform, ledger, show } = await houseMove()
    for (const [k, name] of ['Ruth Abara', 'Lars Eklund'].entries())
      await perform('resource.add', { id: id(100 + k), in: PROJECT, name, type: 'work' })
    const dice = (n: number, k: number) => ((seed * 7919 + k * 104_729 + seed * k * 31) >>> 3) % n
    for (let k = 0; k < 9; k++) {
      const made = { id: id(200 + k), project: PROJECT, name: `Step ${k}` }
      await perform('task.create', { ...made, durationMinutes: 480 * (1 + dice(4, k + 50)) })
      await perform('task.edit', { tasks: [{ id: id(200 + k), priority: 300 + 100 * dice(5, k) }] })
      const resource = id(100 + dice(2, k + 90))
      await perform('task.assign', { assignments: [{ id: id(300 + k), task: id(200 + k), resource }] })
      if (k > 2 && dice(2, k + 20) === 0)
        await perform('task.link', { links: [link(400 + k, 200 + dice(k - 1, k + 40), 200 + k)] })
    }
    if (seed % 3 === 0) await perform('task.progress', { tasks: [{ id: id(200), percentComplete: 50 }] })
    const how = { project: PROJECT, splitting: seed % 2 === 0, schedules: 250 }
    const preview = (await ledger.ask(SYSTEM, 'schedule.levelPreview', how)) as Previewed
    expect(preview.overloadsBefore).not.toEqual([])
    await perform('schedule.level', how)
    const shown = await show()
    expect(shown.project.finish).toBe(preview.finishAfter)
    const dates = new Map(shown.tasks.map((task) => [task.id, task]))
    for (const { task, to, toFinish } of preview.moves)
      expect([task, dates.get(task)?.start, dates.get(task)?.finish]).toEqual([task, to, toFinish])
    const again = (await ledger.ask(SYSTEM, 'schedule.levelPreview', how)) as Previewed
    expect(again.overloadsBefore).toEqual(
      preview.overloads.map((each) => expect.objectContaining({ from: each.from })),
    )
  }
})

test('a search goes on where it ended, and says how good it can become', async () => {
  const { ledger, perform } = await houseMove()
  await perform('resource.add', { id: id(100), in: PROJECT, name: 'Ruth Abara', type: 'work' })
  for (let k = 0; k < 6; k++) {
    await perform('task.create', {
      id: id(200 + k),
      project: PROJECT,
      name: `Step ${k}`,
      durationMinutes: 960,
    })
    await perform('task.assign', { assignments: [{ id: id(300 + k), task: id(200 + k), resource: id(100) }] })
  }
  const ask = async (schedules: number) =>
    (await ledger.ask(SYSTEM, 'schedule.levelPreview', { project: PROJECT, schedules })) as Previewed
  const first = await ask(0)
  // Twelve days of Ruth's work from Monday 5 January: nobody can be through sooner.
  expect(first.projects[0]).toMatchObject({
    finishAfter: '2026-01-20T17:00:00',
    finishBound: '2026-01-20T17:00:00',
  })
  expect([first.proven, first.triedNext]).toEqual([true, null])
  expect(await ask(500)).toEqual(first)
})

test('the person who is the bottleneck is named, with the days that would be won', async () => {
  const { ledger, perform } = await ruthTwice()
  await perform('schedule.level', { project: PROJECT })
  const critical = (await ledger.ask(SYSTEM, 'schedule.resourceCritical', {
    project: PROJECT,
  })) as Awaited<ReturnType<typeof resourceCriticalPath.run>>
  const keys = critical.tasks.find(({ name }) => name === 'Get keys')
  const said =
    'Waits for Ruth Abara, held by "Pack" until Wed 7 Jan 2026; without that it could begin 3 d earlier.'
  expect(keys?.waitsFor?.text).toBe(said)
  expect(critical.chain.map(({ name }) => name)).toEqual(['Pack', 'Drive', 'Unpack'])
  const explained = (await ledger.ask(SYSTEM, 'schedule.explain', {
    project: PROJECT,
    task: id(13),
  })) as { sentence: string }
  expect(explained.sentence).toContain(said)
})

test('days that run backwards are refused', async () => {
  const { ledger } = await houseMove()
  const how = { project: PROJECT, from: '2026-02-01', to: '2026-01-01' }
  await expect(ledger.ask(SYSTEM, 'schedule.levelPreview', how)).rejects.toMatchObject({
    code: 'schedule.daysBackwards',
  })
})
