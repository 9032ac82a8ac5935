import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, openWindow, signInByLink } from './support.ts'

let house: House
let page: Page
let troubles: string[]
let project: string

beforeAll(async () => {
  house = await openHouse({ demo: true })
  const window = await openWindow(house)
  page = window.page
  troubles = window.troubles
  await signInByLink(page, house.link)
  const listed = await page.request.get(`${house.address}/api/project.list`)
  project = ((await listed.json()) as { id: string }[])[0]?.id ?? ''
})
afterAll(() => house.close())

const visit = (place: string) => page.goto(`${house.address}/projects/${project}/${place}`)
const row = (point: string) =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name: point, exact: true }) })
const panel = () => page.getByRole('complementary')

test('a point that fails is opened, fixed in one step, and comes back with one undo', async () => {
  await visit('health')
  await expect.poll(() => row('Lags').textContent()).toContain('Fails')
  await page.getByRole('button', { name: 'Lags', exact: true }).focus()
  await page.keyboard.press('Enter')
  await panel().getByRole('heading', { name: '14 offenders' }).waitFor()
  expect(await panel().getByRole('listitem').first().textContent()).toContain('lag after')
  await panel().getByRole('button', { name: 'Fix all 14' }).click()
  await panel().getByText('None.').waitFor()
  expect(await row('Lags').textContent()).toContain('Pass')
  await page.getByText(/Lags fixed wherever it can be\. The plan/).waitFor()
  await page.keyboard.press('Control+z')
  await panel().getByRole('heading', { name: '14 offenders' }).waitFor()
  expect(await row('Lags').textContent()).toContain('Fails')
})

test('one offender is fixed alone, and its name leads to its row of the plan', async () => {
  await visit('health')
  await page.getByRole('button', { name: 'Relationship types', exact: true }).click()
  const first = panel().getByRole('listitem').first()
  const name = (await first.getByRole('link').textContent()) ?? ''
  await first.getByRole('button', { name: `Fix ${name}` }).click()
  await panel().getByRole('heading', { name: '17 offenders' }).waitFor()
  await page.keyboard.press('Control+z')
  await panel().getByRole('heading', { name: '18 offenders' }).waitFor()
  await panel().getByRole('link', { name, exact: true }).click()
  await page.getByRole('treegrid').waitFor()
  await expect.poll(() => page.locator('.hw-name-text', { hasText: name }).first().isVisible()).toBe(true)
})

test('a limit is changed in place, for this project alone', async () => {
  await visit('health')
  await page.getByRole('button', { name: 'Lags', exact: true }).click()
  const limit = panel().getByRole('textbox', { name: 'Lags (%)' })
  await limit.fill('10')
  await limit.press('Enter')
  await expect.poll(() => row('Lags').textContent()).toContain('≤ 10 %')
  expect(await row('Lags').textContent()).toContain('Pass')
  await panel().getByText('Said for this project; usual 5 %.').waitFor()
  await panel().getByRole('button', { name: 'Follow the others again' }).click()
  await expect.poll(() => row('Lags').textContent()).toContain('≤ 5 %')
})

test('a figure says what it rests on', async () => {
  await visit('health')
  await row('High float')
    .getByRole('button', { name: /what it rests on/ })
    .click()
  const why = page.getByRole('dialog')
  await why.getByText('12 of 69').waitFor()
  await why.getByText(/schedule\.health, change \d+/).waitFor()
  await page.keyboard.press('Escape')
})

test('a practice is answered with evidence, grows stale with the plan, and is confirmed', async () => {
  await visit('health')
  await page.getByRole('heading', { name: /Schedule health/ }).waitFor()
  await page.keyboard.press('2')
  const question = page.getByRole('listitem').filter({ hasText: 'all work of the agreed scope' })
  await question.getByRole('button').click()
  await panel().getByRole('radio', { name: 'Partially met' }).check()
  await panel().getByRole('textbox', { name: 'Evidence' }).fill('Brightwater plans its tests apart.')
  await panel().getByRole('button', { name: 'Save the answer' }).click()
  await expect.poll(() => question.textContent()).toContain('Maya Okafor')
  expect(await question.textContent()).toContain('Brightwater plans its tests apart.')

  const shown = await page.request.get(`${house.address}/api/schedule.show?project=${project}`)
  const { tasks } = (await shown.json()) as { tasks: { id: string; name: string }[] }
  const goLive = tasks.find(({ name }) => name === 'Go-live')?.id
  const edit = { tasks: [{ id: goLive, notes: 'Agreed with finance.' }] }
  expect((await page.request.post(`${house.address}/api/task.edit`, { data: edit })).status()).toBe(200)
  await expect.poll(() => question.textContent()).toContain('plan changed since')
  await panel().getByRole('button', { name: 'Still so' }).click()
  await expect.poll(() => question.textContent()).not.toContain('plan changed since')
  await panel().getByRole('heading', { name: 'Answers before' }).waitFor()

  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as CSV' }).click()
  const text = await readFile(await (await saved).path(), 'utf8')
  expect(text).toContain('Brightwater plans its tests apart.')
  expect(text.split('\r\n')).toHaveLength(32)
})

test('the milestone trend shows from week to week how forecasts moved, as picture and as table', async () => {
  await visit('milestones')
  const chart = page.getByRole('img', { name: /Milestone trend chart/ })
  await chart.waitFor()
  expect(await chart.textContent()).toContain('Go-live')
  const goLive = page.getByRole('row').filter({ hasText: 'Go-live' })
  expect(await goLive.textContent()).toMatch(/\+15.*Late/)
  await page
    .getByText(/open milestones are later than baseline 3/)
    .first()
    .waitFor()
  await goLive.getByRole('checkbox').uncheck()
  await expect.poll(() => chart.textContent()).not.toContain('Go-live')
  await goLive.getByRole('button', { name: /what it rests on/ }).click()
  await page
    .getByRole('dialog')
    .getByText(/schedule\.trend, change \d+/)
    .waitFor()
  expect(troubles).toEqual([])
})
