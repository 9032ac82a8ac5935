import { expect, test } from 'vitest'
import { SYSTEM } from '../../../kernel/access.ts'
import { houseMove, id, link, PROJECT } from '../../../tests/house-move.ts'
import type { healthOfSchedule, practicesOfSchedule } from '../schedule.queries.ts'

type Checked = Awaited<ReturnType<typeof healthOfSchedule.run>>
type Practices = Awaited<ReturnType<typeof practicesOfSchedule.run>>

async function move() {
  const { ledger, perform } = await houseMove()
  const check = async () => (await ledger.ask(SYSTEM, 'schedule.health', { project: PROJECT })) as Checked
  const practices = async () =>
    (await ledger.ask(SYSTEM, 'schedule.practices', { project: PROJECT })) as Practices
  const question = async (key: string) =>
    (await practices()).practices.flatMap(({ questions }) => questions).find((each) => each.key === key)
  const lags = async () => (await check()).points[2]
  return { ledger, perform, check, practices, question, lags }
}

const wait = { lag: { kind: 'working', minutes: 480 } }

test('limits of a project go before those of the workspace, and those before the usual ones', async () => {
  const { perform, check } = await move()
  const logic = async () => {
    const { points, limits } = await check()
    return [points[0]?.threshold, points[0]?.pass, limits.find(({ name }) => name === 'missingLogicPercent')]
  }
  expect(await logic()).toMatchObject([5, false, { usual: 5, workspace: null, project: null }])
  await perform('health.setLimits', { limits: { missingLogicPercent: 50 } })
  expect(await logic()).toMatchObject([50, false, { usual: 5, workspace: 50, project: null }])
  await perform('health.setLimits', { in: PROJECT, limits: { missingLogicPercent: 70 } })
  expect(await logic()).toMatchObject([70, true, { workspace: 50, project: 70, value: 70 }])
  await perform('health.setLimits', { in: PROJECT, limits: { missingLogicPercent: null } })
  expect(await logic()).toMatchObject([50, false, { workspace: 50, project: null }])
})

test('all lags of a plan go with one action and come back with one undo', async () => {
  const { ledger, perform, lags } = await move()
  await perform('link.edit', {
    links: [
      { id: id(20), ...wait },
      { id: id(21), ...wait },
    ],
  })
  expect(await lags()).toMatchObject({
    value: 100,
    offenders: [
      { name: 'Drive', why: '1 d lag after "Pack"' },
      { name: 'Unpack', why: '1 d lag after "Drive"' },
    ],
  })
  const { seq } = await perform('health.fix', { project: PROJECT, point: 3 })
  expect(await lags()).toMatchObject({ value: 0, pass: true, offenders: [] })
  await ledger.undo({ actor: SYSTEM, seq, via: 'test' })
  expect(await lags()).toMatchObject({ value: 100 })
  await perform('health.fix', { project: PROJECT, point: 3, tasks: [id(12)] })
  expect((await lags())?.offenders.map(({ name }) => name)).toEqual(['Drive'])
})

test('a point that only people can put right offers nothing to fix', async () => {
  const { perform } = await move()
  await expect(perform('health.fix', { project: PROJECT, point: 1 })).rejects.toMatchObject({
    code: 'health.nothingToFix',
  })
})

test('each loose end says which end is loose', async () => {
  const { check } = await move()
  expect((await check()).points[0]?.offenders).toMatchObject([
    { name: 'Pack', why: 'waits for nothing' },
    { name: 'Unpack', why: 'nothing waits for it' },
  ])
})

test('an answer is kept with its evidence and its history, and grows stale with the plan', async () => {
  const { perform, question } = await move()
  expect(await question('1.1')).toMatchObject({ by: 'person', grade: null, said: null })
  const say = (grade: string | null, evidence?: string) =>
    perform('health.answer', { project: PROJECT, question: '1.1', grade, ...(evidence ? { evidence } : {}) })
  await say('partially', 'The cellar is missing.')
  expect(await question('1.1')).toMatchObject({ grade: 'partially', stale: false, before: [] })
  await perform('task.edit', { tasks: [{ id: id(10), durationMinutes: 1920 }] })
  expect(await question('1.1')).toMatchObject({ stale: true, evidence: 'The cellar is missing.' })
  await say('met')
  expect(await question('1.1')).toMatchObject({
    grade: 'met',
    evidence: null,
    stale: false,
    before: [{ grade: 'partially', evidence: 'The cellar is missing.' }],
  })
  await say(null)
  expect(await question('1.1')).toMatchObject({ grade: null, said: null })
})

test('what the plan answers nobody else does, and its figure and offenders are named', async () => {
  const { perform, question, practices } = await move()
  const answer = { project: PROJECT, question: '2.1', grade: 'met' }
  await expect(perform('health.answer', answer)).rejects.toMatchObject({ code: 'health.calculated' })
  // Two of three tasks have a loose end: a third is in order, "a small portion".
  expect(await question('2.1')).toMatchObject({
    by: 'plan',
    grade: 'minimally',
    evidence: 'Point 1, logic: 66.67 % (2 of 3), at most 5 % allowed.',
    offenders: [{ name: 'Pack' }, { name: 'Unpack' }],
  })
  expect(await question('9.1')).toMatchObject({ grade: 'notMet', evidence: 'The plan has no status date.' })
  expect(await question('10.1')).toMatchObject({ grade: 'notMet', evidence: 'No baseline has been taken.' })
  await perform('baseline.take', { id: id(50), project: PROJECT, number: 0 })
  await perform('project.edit', { project: PROJECT, statusDate: '2025-12-23T17:00:00' })
  expect(await question('10.1')).toMatchObject({ grade: 'met' })
  expect(await question('9.1')).toMatchObject({ grade: 'substantially' })
  const { practices: ten, answered, questions } = await practices()
  expect(ten).toHaveLength(10)
  expect(ten[7]).toMatchObject({ name: 'Conducting a schedule risk analysis', score: null, grade: null })
  expect(answered).toBeLessThan(questions)
})

test('the score of a practice is the mean of its answers, and of the whole that of four characteristics', async () => {
  const { perform, practices } = await move()
  const before = await practices()
  for (const [question, grade] of [
    ['8.1', 'substantially'],
    ['8.2', 'notMet'],
  ])
    await perform('health.answer', { project: PROJECT, question, grade })
  const after = await practices()
  expect(before.practices[7]).toMatchObject({ score: null, grade: null, open: 2 })
  expect(after.practices[7]).toMatchObject({ score: 2.5, grade: 'partially', open: 0 })
  // What nobody has looked at is never called met.
  expect(after.practices[0]).toMatchObject({ score: 5, grade: null, open: 2 })
  expect(after).toMatchObject({ grade: null })
  expect(after.answered).toBe(before.answered + 2)
  const means = after.characteristics.map(({ score }) => score ?? 0)
  expect(after.score).toBeCloseTo(means.reduce((sum, each) => sum + each, 0) / 4, 1)
})

test('a lead from another task is named with the task it comes from', async () => {
  const { perform, check } = await move()
  await perform('task.link', {
    links: [link(22, 10, 12, { type: 'ss', lag: { kind: 'percent', percent: -50 } })],
  })
  const { points } = await check()
  expect(points[1]?.offenders).toMatchObject([{ name: 'Unpack', why: '50 % lead after "Pack"' }])
  expect(points[3]?.offenders).toMatchObject([{ name: 'Unpack', why: 'start to start after "Pack"' }])
})
