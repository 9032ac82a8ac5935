import { describe, expect, test } from 'vitest'
import { SYSTEM } from '../../kernel/access.ts'
import { houseMove, id, link, PROJECT } from '../../tests/house-move.ts'

describe('a plan', () => {
  test('follows its links over the weekend', async () => {
    const { show, dates } = await houseMove()
    expect(await dates()).toEqual({ Pack: '01-05 01-07', Drive: '01-08 01-08', Unpack: '01-09 01-12' })
    expect((await show()).project).toMatchObject({
      start: '2026-01-05T08:00:00',
      finish: '2026-01-12T17:00:00',
    })
  })

  test('moves everything that waits when a duration grows, and back when that is undone', async () => {
    const { ledger, perform, dates } = await houseMove()
    const { seq } = await perform('task.edit', { tasks: [{ id: id(10), durationMinutes: 5 * 480 }] })
    expect(await dates()).toEqual({ Pack: '01-05 01-09', Drive: '01-12 01-12', Unpack: '01-13 01-14' })
    await ledger.undo({ actor: SYSTEM, via: 'test', seq })
    expect(await dates()).toMatchObject({ Unpack: '01-09 01-12' })
  })

  test('takes a typed start as "no earlier than", and a start typed by hand as it is', async () => {
    const { perform, show, dates } = await houseMove()
    await perform('task.edit', { tasks: [{ id: id(12), start: '2026-01-19T08:00:00' }] })
    expect((await dates()).Unpack).toBe('01-19 01-20')
    expect((await show()).tasks[2]).toMatchObject({ constraint: 'snet', constraintAt: '2026-01-19T08:00:00' })
    await perform('task.edit', { tasks: [{ id: id(12), mode: 'manual', start: '2026-01-06T08:00:00' }] })
    const shown = await show()
    expect(shown.tasks[2]?.start).toBe('2026-01-06T08:00:00')
    expect(shown.warnings).toContainEqual(
      expect.objectContaining({ code: 'schedule.manualConflict', task: id(12) }),
    )
  })

  test('refuses a circle of links by the names of those in it, and leaves nothing', async () => {
    const { ledger, perform, show } = await houseMove()
    const head = await ledger.head()
    await expect(perform('task.link', { links: [link(22, 12, 10)] })).rejects.toMatchObject({
      code: 'schedule.cycle',
      facts: { names: expect.arrayContaining(['Pack', 'Drive', 'Unpack']) },
    })
    await expect(perform('task.link', { links: [link(22, 10, 10)] })).rejects.toMatchObject({
      code: 'schedule.selfLink',
    })
    await expect(perform('task.link', { links: [link(22, 10, 11)] })).rejects.toMatchObject({
      code: 'schedule.duplicateLink',
      facts: { names: ['Pack', 'Drive'] },
    })
    expect(await ledger.head()).toBe(head)
    expect((await show()).links).toHaveLength(2)
  })

  test('indents below the task above, rolls up, and outdents again', async () => {
    const { perform, show } = await houseMove()
    await perform('task.unlink', { links: [id(20)] })
    await perform('task.indent', { tasks: [id(11), id(12)] })
    const shown = await show()
    expect(shown.tasks.map(({ wbs, name, summary }) => [wbs, name, summary])).toEqual([
      ['1', 'Pack', true],
      ['1.1', 'Drive', false],
      ['1.2', 'Unpack', false],
    ])
    expect(shown.tasks[0]).toMatchObject({
      start: '2026-01-05T08:00:00',
      finish: '2026-01-07T17:00:00',
      durationMinutes: 1440,
    })
    await perform('task.outdent', { tasks: [id(12)] })
    expect((await show()).tasks.map(({ wbs, name }) => `${wbs} ${name}`)).toEqual([
      '1 Pack',
      '1.1 Drive',
      '2 Unpack',
    ])
    await expect(perform('task.move', { tasks: [id(10)], after: id(11) })).rejects.toMatchObject({
      code: 'task.intoItself',
    })
    await perform('task.move', { tasks: [id(12)] })
    expect((await show()).tasks.map(({ name }) => name)).toEqual(['Unpack', 'Pack', 'Drive'])
  })

  test('records progress from percent and keeps the figures together', async () => {
    const { perform, show } = await houseMove()
    await perform('task.progress', { tasks: [{ id: id(10), percentComplete: 50 }] })
    expect((await show()).tasks[0]).toMatchObject({
      percentComplete: 50,
      actualStart: '2026-01-05T08:00:00',
      durationMinutes: 1440,
    })
    await perform('task.progress', { tasks: [{ id: id(10), actualFinish: '2026-01-09T17:00:00' }] })
    const [pack, drive] = (await show()).tasks
    expect(pack).toMatchObject({ percentComplete: 100, finish: '2026-01-09T17:00:00' })
    expect(drive).toMatchObject({ start: '2026-01-12T08:00:00' })
  })

  test('says why a task starts when it does, and what would decide next', async () => {
    const { ledger, perform } = await houseMove()
    await perform('task.create', { id: id(13), project: PROJECT, name: 'Get keys', durationMinutes: 960 })
    await perform('task.link', { links: [link(23, 13, 12)] })
    const why = (await ledger.ask(SYSTEM, 'schedule.explain', { project: PROJECT, task: id(12) })) as {
      sentence: string
      chain: { name: string }[]
      nextLimit: { text: string; slackMinutes: number }
    }
    expect(why.sentence).toBe(
      '"Unpack" starts on Fri 9 Jan 2026, 08:00 because it waits until "Drive" is finished.',
    )
    expect(why.chain.map(({ name }) => name)).toEqual(['Unpack', 'Drive', 'Pack'])
    expect(why.nextLimit).toMatchObject({ slackMinutes: 960, text: expect.stringContaining('"Get keys"') })
  })

  test('compares with a baseline and with an earlier day', async () => {
    const { ledger, perform } = await houseMove()
    await perform('baseline.take', { id: id(30), project: PROJECT, number: 1 })
    const { seq } = await ledger.perform({
      actor: SYSTEM,
      action: 'project.edit',
      input: { project: PROJECT, code: 'MOVE' },
      via: 'test',
    })
    await perform('task.edit', { tasks: [{ id: id(11), durationMinutes: 3 * 480 }] })
    const compare = (other: object) =>
      ledger.ask(SYSTEM, 'schedule.compare', { project: PROJECT, with: other })
    const expected = {
      finish: { before: '2026-01-12T17:00:00', now: '2026-01-14T17:00:00', slipMinutes: 960 },
      changed: [
        { name: 'Drive', startSlipMinutes: 0, finishSlipMinutes: 960 },
        { name: 'Unpack', startSlipMinutes: 960, finishSlipMinutes: 960 },
      ],
    }
    expect(await compare({ baseline: 1 })).toMatchObject(expected)
    expect(await compare({ seq })).toMatchObject(expected)
    await expect(perform('baseline.take', { id: id(31), project: PROJECT, number: 1 })).rejects.toMatchObject(
      { code: 'baseline.taken' },
    )
  })

  test('gives work to people and changes it with the duration', async () => {
    const { perform, show } = await houseMove()
    await perform('resource.add', { id: id(40), in: PROJECT, name: 'Ruth Abara', type: 'work' })
    await perform('task.assign', {
      assignments: [{ id: id(41), task: id(10), resource: id(40), units: 0.5 }],
    })
    expect((await show()).tasks[0]).toMatchObject({
      resources: 'Ruth Abara 50 %',
      workMinutes: 720,
      durationMinutes: 1440,
    })
    await perform('task.edit', { tasks: [{ id: id(10), durationMinutes: 4 * 480 }] })
    expect((await show()).tasks[0]).toMatchObject({ workMinutes: 960, durationMinutes: 1920 })
  })

  test('refuses what cannot be meant: two dates at once, a summary said by hand, less than is done', async () => {
    const { perform } = await houseMove()
    const both = { id: id(12), start: '2026-01-19T08:00:00', finish: '2026-01-30T17:00:00' }
    await expect(perform('task.edit', { tasks: [both] })).rejects.toMatchObject({ code: 'task.bothDates' })
    await perform('task.progress', { tasks: [{ id: id(10), percentComplete: 50 }] })
    await expect(
      perform('task.edit', { tasks: [{ id: id(10), durationMinutes: 480 }] }),
    ).rejects.toMatchObject({
      code: 'task.moreIsDone',
    })
    await perform('task.unlink', { links: [id(21)] })
    await perform('task.indent', { tasks: [id(12)] })
    await expect(
      perform('task.edit', { tasks: [{ id: id(11), durationMinutes: 480 }] }),
    ).rejects.toMatchObject({
      code: 'task.isSummary',
    })
  })

  test('keeps the work of its people in step with its progress', async () => {
    const { perform, show } = await houseMove()
    await perform('resource.add', { id: id(40), in: PROJECT, name: 'Ruth Abara', type: 'work' })
    await perform('task.assign', { assignments: [{ id: id(41), task: id(10), resource: id(40) }] })
    await perform('task.progress', { tasks: [{ id: id(10), percentComplete: 50 }] })
    expect((await show()).tasks[0]).toMatchObject({ percentComplete: 50, finish: '2026-01-07T17:00:00' })
    await perform('task.progress', { tasks: [{ id: id(10), percentComplete: 100 }] })
    expect((await show()).tasks[0]).toMatchObject({ percentComplete: 100, finish: '2026-01-07T17:00:00' })
  })

  test('shows after each edit what a reading from the beginning shows', async () => {
    const { ledger, perform, show } = await houseMove()
    const steps: [string, object][] = [
      ['task.edit', { tasks: [{ id: id(11), durationMinutes: 960 }] }],
      ['task.create', { id: id(13), project: PROJECT, name: 'Clean', durationMinutes: 240, after: id(10) }],
      ['task.link', { links: [link(23, 13, 12)] }],
      ['project.edit', { project: PROJECT, start: '2026-02-02T08:00:00' }],
      ['task.remove', { tasks: [id(11)] }],
      ['task.indent', { tasks: [id(13)] }],
    ]
    await show()
    for (const [action, input] of steps) {
      await perform(action, input)
      const anew = await (await ledger.fork()).ask(SYSTEM, 'schedule.show', { project: PROJECT })
      expect(await show(), action).toEqual(anew)
    }
  })

  test('is removed with what is below it and brought back by one undo', async () => {
    const { ledger, perform, show, dates } = await houseMove()
    const before = await dates()
    const { seq, output } = await perform('task.remove', { tasks: [id(11)] })
    expect(output).toEqual({ tasks: 1, links: 2, assignments: 0 })
    expect((await show()).tasks.map(({ name }) => name)).toEqual(['Pack', 'Unpack'])
    await ledger.undo({ actor: SYSTEM, via: 'test', seq })
    expect(await dates()).toEqual(before)
  })
})
