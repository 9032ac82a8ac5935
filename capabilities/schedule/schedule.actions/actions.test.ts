import { describe, expect, test } from 'vitest'
import { SYSTEM } from '../../../kernel/access.ts'
import type { Stored } from '../../../kernel/record.ts'
import { houseMove, id, link, PROJECT } from '../../../tests/house-move.ts'
import { Assignment, Baseline, Task } from '../schedule.model.ts'

const DAY = 480
const farAway = { tasks: [{ id: id(10), constraint: 'mso', at: '2200-12-31T08:00:00' }] }

type Move = Awaited<ReturnType<typeof houseMove>>
const taskOf = ({ ledger }: Move, n: number): Promise<Stored<typeof Task>> =>
  ledger.read(SYSTEM, (read) => read.get(Task, id(n)))

describe('progress', () => {
  test('what remains, said alone, leaves what is done and moves the duration', async () => {
    const move = await houseMove()
    await move.perform('task.progress', { tasks: [{ id: id(10), percentComplete: 50 }] })
    await move.perform('task.progress', { tasks: [{ id: id(10), remainingDurationMinutes: 3 * DAY }] })
    expect(await taskOf(move, 10)).toMatchObject({
      actualDurationMinutes: 1.5 * DAY,
      remainingDurationMinutes: 3 * DAY,
      durationMinutes: 4.5 * DAY,
      percentComplete: 33,
    })
  })

  test('what remains of a task that has not begun is its duration', async () => {
    const move = await houseMove()
    await move.perform('task.progress', { tasks: [{ id: id(10), remainingDurationMinutes: 5 * DAY }] })
    const pack = await taskOf(move, 10)
    expect(pack).toMatchObject({ durationMinutes: 5 * DAY, remainingDurationMinutes: 5 * DAY })
    expect(pack.actualStart).toBeUndefined()
  })

  test('a percentage and what remains both hold, and the duration follows', async () => {
    const move = await houseMove()
    const said = { id: id(10), percentComplete: 25, remainingDurationMinutes: 3 * DAY }
    await move.perform('task.progress', { tasks: [said] })
    expect(await taskOf(move, 10)).toMatchObject({
      percentComplete: 25,
      actualDurationMinutes: DAY,
      remainingDurationMinutes: 3 * DAY,
      durationMinutes: 4 * DAY,
    })
  })
})

describe('many at once', () => {
  test('a task that is named twice in one edit gets both changes', async () => {
    const move = await houseMove()
    const deadline = '2026-02-02T17:00:00'
    await move.perform('task.edit', {
      tasks: [
        { id: id(10), name: 'Pack all' },
        { id: id(10), deadline },
      ],
    })
    expect(await taskOf(move, 10)).toMatchObject({ name: 'Pack all', deadline })
  })

  test('one person is given to a task once, also within one request', async () => {
    const { perform } = await houseMove()
    await perform('resource.add', { id: id(40), in: PROJECT, name: 'Ruth Abara', type: 'work' })
    const twice = [41, 42].map((n) => ({ id: id(n), task: id(10), resource: id(40) }))
    await expect(perform('task.assign', { assignments: twice })).rejects.toMatchObject({
      code: 'assignment.taken',
    })
  })

  test('work said anew for an assignment remains to be done', async () => {
    const { ledger, perform } = await houseMove()
    await perform('resource.add', { id: id(40), in: PROJECT, name: 'Ruth Abara', type: 'work' })
    await perform('task.assign', { assignments: [{ id: id(41), task: id(10), resource: id(40) }] })
    await perform('assignment.edit', { assignments: [{ id: id(41), workMinutes: 6 * DAY }] })
    const assignment = await ledger.read(SYSTEM, (read) => read.get(Assignment, id(41)))
    expect(assignment).toMatchObject({ workMinutes: 6 * DAY, remainingWorkMinutes: 6 * DAY })
  })
})

describe('the order of the table', () => {
  test('holds however many tasks are typed one after another, at the end or in between', async () => {
    const { ledger, perform, show } = await houseMove()
    const typed = async (first: number, count: number, after: number | undefined) => {
      for (let n = first; n < first + count; n += 1) {
        // Ids fall, so that nothing but the rank can put them in order.
        const place = after === undefined ? {} : { after: id(n === first ? after : 100_000 - n + 1) }
        await perform('task.create', { id: id(100_000 - n), project: PROJECT, name: `Row ${n}`, ...place })
      }
    }
    await typed(0, 450, undefined)
    await typed(450, 450, 10)
    const names = (await show()).tasks.map(({ name }) => name)
    const rows = (from: number) => Array.from({ length: 450 }, (_, n) => `Row ${from + n}`)
    expect(names).toEqual(['Pack', ...rows(450), 'Drive', 'Unpack', ...rows(0)])
    const tasks = await ledger.read(SYSTEM, (read) => read.all(Task, { project: PROJECT }))
    expect(Math.max(...tasks.map(({ rank }) => rank.length))).toBeLessThanOrEqual(60)
  })
})

describe('no door leaves a plan behind that cannot be scheduled', () => {
  test('not the undo of an unlinking, once the link was made the other way round', async () => {
    const { ledger, perform, show } = await houseMove()
    const { seq } = await perform('task.unlink', { links: [id(20)] })
    await perform('task.link', { links: [link(22, 11, 10)] })
    const undone = ledger.undo({ actor: SYSTEM, via: 'test', seq })
    await expect(undone).rejects.toMatchObject({ code: 'schedule.cycle' })
    expect((await show()).links).toHaveLength(2)
  })

  test.each([
    ['task.edit', { tasks: [{ id: id(10), durationMinutes: 90_000_000 }] }, 'schedule.dateOutOfRange'],
    ['task.constrain', farAway, 'schedule.dateOutOfRange'],
    ['project.edit', { project: PROJECT, start: null }, 'schedule.noProjectDate'],
  ])('not %s', async (action, input, code) => {
    const { ledger, perform, show } = await houseMove()
    const head = await ledger.head()
    await expect(perform(action, input)).rejects.toMatchObject({ code })
    expect(await ledger.head()).toBe(head)
    expect((await show()).tasks).toHaveLength(3)
  })

  test('not a calendar without working time', async () => {
    const { perform, show } = await houseMove()
    const { calendar } = (await show()).project
    const idle = perform('calendar.edit', { id: calendar, week: Array.from({ length: 7 }, () => []) })
    await expect(idle).rejects.toMatchObject({ code: 'schedule.noWorkingTime' })
  })
})

test('a baseline freezes the plan that stands when it is taken, also when an edit comes in between', async () => {
  const { ledger, perform, show } = await houseMove()
  await show()
  let edit: Promise<unknown> | undefined
  const progress = () => {
    edit ??= perform('task.edit', { tasks: [{ id: id(10), durationMinutes: 10 * DAY }] })
  }
  await perform('baseline.take', { id: id(30), project: PROJECT, number: 1 }, SYSTEM, { progress })
  await edit
  const { tasks, baseline } = await show({ baseline: 1 })
  expect(baseline?.tasks.map(({ finish }) => finish)).toEqual(tasks.map(({ finish }) => finish))
  const taken = await ledger.read(SYSTEM, (read) => read.get(Baseline, id(30)))
  expect(taken.seq).toBeGreaterThan(tasks[0]?.seq ?? 0)
})

test('what one who sees all has computed tells nobody else what they may not see', async () => {
  const { ledger, perform, show } = await houseMove()
  const { output } = await perform('people.setUp', {
    organisation: 'Movers',
    person: id(50),
    name: 'Ada Wolff',
  })
  const { roles } = output as { roles: Record<string, string> }
  await perform('person.add', { id: id(51), name: 'Vera Lind' })
  await perform('role.grant', { id: id(52), person: id(51), role: roles.viewer, in: PROJECT })
  const ruth = { id: id(40), in: PROJECT, name: 'Ruth Abara', type: 'work', notes: 'Paid on Fridays' }
  await perform('resource.add', ruth)
  await perform('task.assign', { assignments: [{ id: id(41), task: id(10), resource: id(40) }] })
  await show()
  const viewer = { kind: 'person', id: id(51), name: '' } as const
  const exported = async (who: typeof viewer | typeof SYSTEM) =>
    ((await ledger.ask(who, 'schedule.export', { project: PROJECT })) as { text: string }).text
  expect(await exported(viewer)).toContain('Ruth Abara')
  expect(await exported(viewer)).not.toContain('Paid on Fridays')
  expect(await exported(SYSTEM)).toContain('Paid on Fridays')
})
