import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatDay } from '../../drawing/format.ts'
import { minuteOf } from '../../kernel/day.ts'
import {
  cellOf,
  datesOf,
  dropFile,
  type House,
  importPlan,
  officeNetwork,
  openHouse,
  openWindow,
  placeOnChart,
  rowOf,
  signInByLink,
} from './support.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

/** Start and finish as the file says them, by the name of the task; names that recur are left out. */
function fileDates(path: string): Map<string, { start: string; finish: string }> {
  const found = new Map<string, { start: string; finish: string }>()
  const seen = new Set<string>()
  for (const [, task = ''] of readFileSync(path, 'utf8').matchAll(/<Task>(.*?)<\/Task>/gs)) {
    const field = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(task)?.[1]
    const [name, start, finish] = [field('Name'), field('Start'), field('Finish')]
    if (!name || !start || !finish || field('UID') === '0') continue
    if (seen.has(name)) found.delete(name)
    else found.set(name, { start, finish })
    seen.add(name)
  }
  return found
}

/** The names of the plan's tasks as the server keeps them. */
async function keptNames(page: Page): Promise<string[]> {
  const project = /projects\/([^/]+)/.exec(page.url())?.[1] ?? ''
  const answer = await page.request.get(`${house.address}/api/schedule.show?project=${project}`)
  return ((await answer.json()) as { tasks: { name: string }[] }).tasks.map(({ name }) => name)
}

/** A date as the table writes it on this day. */
function shownDay(time: string): string {
  const now = new Date()
  const todayMinute = Math.floor(now.getTime() / 60_000 - now.getTimezoneOffset())
  return formatDay(minuteOf(time), { todayMinute, yearDigits: 2 })
}

async function walk(path: string, fileName: string): Promise<void> {
  const { page, troubles } = await openWindow(house, { height: 1600 })
  await page.goto(await freshLink())
  await page.getByRole('button', { name: 'Later' }).click()
  await importPlan(page, path, fileName)

  const dates = fileDates(path)
  expect(dates.size).toBeGreaterThan(5)
  const names = await page.locator('.hw-name-text').allTextContents()
  const compared = names.filter((name) => dates.has(name))
  expect(compared.length).toBeGreaterThan(5)
  for (const name of compared) {
    const { start = '', finish = '' } = dates.get(name) ?? {}
    expect({ name, ...(await datesOf(page, name)) }).toEqual({
      name,
      start: shownDay(start),
      finish: shownDay(finish),
    })
  }
  await page.close()
  expect(troubles).toEqual([])
}

/** The printed link works once; a further one comes from the administrator who is in already. */
let administrator: Awaited<ReturnType<typeof openWindow>> | undefined
async function freshLink(): Promise<string> {
  if (!administrator) {
    administrator = await openWindow(house)
    await signInByLink(administrator.page, house.link)
  }
  const { request } = administrator.context
  const me = (await (await request.get(`${house.address}/api/me`)).json()) as { actor: { id: string } }
  const made = await request.post(`${house.address}/api/sign-in/link-for`, { data: { person: me.actor.id } })
  return `${house.address}${((await made.json()) as { path: string }).path}`
}

test('a Microsoft Project file shows the dates it came with', () => walk(officeNetwork, 'office-network.xml'))

const oracles = process.env.HELMWARD_ORACLES
const outside = oracles && join(oracles, 'mspdi', 'aspnet__Software_Development.xml')
test.runIf(outside && existsSync(outside))('so does a plan that Microsoft Project itself wrote', () =>
  walk(outside ?? '', 'Software Development.xml'),
)

test('a bar is dragged, its date explained, the move undone, the report taken home', async () => {
  const { page, troubles } = await openWindow(house)
  await page.goto(await freshLink())
  await page.getByRole('button', { name: 'Later' }).click()
  await importPlan(page, officeNetwork)
  const before = await datesOf(page, 'Cable the ground floor')
  const goLive = await datesOf(page, 'Network live')

  const from = await placeOnChart(page, 'Cable the ground floor', ['grab', 'move'])
  await page.mouse.move(from.x + 20, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 320, from.y, { steps: 12 })
  await page.mouse.up()
  await expect.poll(() => datesOf(page, 'Cable the ground floor')).not.toEqual(before)
  const toast = page.getByRole('region', { name: 'Messages' })
  await toast.getByText('“Cable the ground floor” moved.').waitFor()

  await cellOf(page, 'Network live', 'start').click()
  await page.keyboard.press('w')
  const why = page.getByRole('dialog')
  await why.getByText(/Why does "Network live" start on/).waitFor()
  await why.getByRole('button', { name: 'Test every port' }).first().click()
  await page.getByText(/Why does "Test every port" start on/).waitFor()
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+z')
  await toast.getByText('Undone:').waitFor()
  await expect.poll(() => datesOf(page, 'Cable the ground floor')).toEqual(before)
  expect(await datesOf(page, 'Network live')).toEqual(goLive)

  await page.getByRole('link', { name: 'Status report' }).first().click()
  await page.getByRole('button', { name: 'Draft the first report' }).click()
  const paper = page.frameLocator('iframe')
  await paper.getByText('Office network').first().waitFor()
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name: 'PDF' }).click()
  const file = readFileSync(await (await coming).path())
  expect(file.subarray(0, 5).toString()).toBe('%PDF-')
  expect(troubles).toEqual([])
  await page.close()
})

test('what cannot be taken is refused where it was typed, and a circle of links by name', async () => {
  const { page } = await openWindow(house)
  await page.goto(await freshLink())
  await page.getByRole('button', { name: 'Later' }).click()
  await importPlan(page, officeNetwork)

  await cellOf(page, 'Order switches', 'duration').click()
  await page.keyboard.press('e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('soon')
  await page.keyboard.press('Enter')
  await page.getByText('“soon” is not a duration.').waitFor()
  expect(await cellOf(page, 'Order switches', 'duration').textContent()).toContain('soon')
  await page.keyboard.press('Escape')
  expect(await cellOf(page, 'Order switches', 'duration').textContent()).toBe('2 d')

  await cellOf(page, 'Configure switches', 'name').click()
  await page.keyboard.press('l')
  await page.getByRole('combobox', { name: 'Task that depends on it' }).fill('Order switches')
  await page.getByRole('option', { name: /Order switches/ }).click()
  await page.getByRole('button', { name: 'Link', exact: true }).click()
  await page
    .getByRole('region', { name: 'Messages' })
    .getByText(/circle|wait for one another|cycle/i)
    .waitFor()
  await page.close()
})

test('a plan in the binary format is answered with how to save it as XML', async () => {
  const { page } = await openWindow(house)
  await page.goto(await freshLink())
  await page.getByRole('button', { name: 'Later' }).click()
  const bytes = Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(4096),
  ])
  await page.setInputFiles('[data-plan-file]', {
    name: 'roadmap.mpp',
    mimeType: 'application/octet-stream',
    buffer: bytes,
  })
  await page.getByText('XML Format (*.xml)').waitFor()
  await page.getByRole('button', { name: 'Close', exact: true }).last().click()
  await page.close()
})

test('with the keyboard alone tasks are made, indented, linked, edited and taken back', async () => {
  const { page, troubles } = await openWindow(house)
  await page.goto(await freshLink())
  await page.getByRole('button', { name: 'Later' }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  await page.locator('.hw-projects').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await page.keyboard.press('c')
  await page.getByRole('dialog').getByLabel('Name').waitFor()
  await page.keyboard.type('Keyboard only')
  await page.keyboard.press('Enter')
  await page.getByText('No tasks yet').waitFor()
  await page.getByRole('button', { name: 'Add the first task' }).focus()
  await page.keyboard.press('Enter')
  for (const name of ['Move in', 'Carry boxes', 'Unpack boxes']) {
    if (name !== 'Move in') await page.keyboard.press('c')
    // Who types at once, before the cell has opened, is understood as well.
    if (name !== 'Unpack boxes') {
      await page.locator('.hw-gantt input').waitFor()
      await page.keyboard.press('Control+a')
    }
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    await rowOf(page, name).waitFor()
    // The page shows a name at once; it counts when the server has it.
    await expect.poll(() => keptNames(page)).toContain(name)
  }
  await page.keyboard.press('x')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('x')
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(() => rowOf(page, 'Carry boxes').getAttribute('aria-level')).toBe('2')
  expect(await rowOf(page, 'Unpack boxes').getAttribute('aria-level')).toBe('2')
  await page.keyboard.press('Escape')

  const free = await datesOf(page, 'Unpack boxes')
  await page.keyboard.press('l')
  const other = page.getByRole('combobox', { name: 'Task that depends on it' })
  await expect.poll(() => other.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('Unpack')
  await page.getByRole('option', { name: /Unpack boxes/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => other.inputValue()).toContain('Unpack boxes')
  for (let stop = 0; stop < 3; stop += 1) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => datesOf(page, 'Unpack boxes')).not.toEqual(free)

  const linked = await datesOf(page, 'Unpack boxes')
  await page.getByRole('treegrid').locator('[tabindex="0"]').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('3 d')
  await page.keyboard.press('Enter')
  await expect.poll(() => cellOf(page, 'Carry boxes', 'duration').textContent()).toBe('3 d')
  await expect.poll(() => datesOf(page, 'Unpack boxes')).not.toEqual(linked)
  const later = await datesOf(page, 'Unpack boxes')
  await page.keyboard.press('Control+z')
  await expect.poll(() => cellOf(page, 'Carry boxes', 'duration').textContent()).toBe('1 d?')
  await expect.poll(() => datesOf(page, 'Unpack boxes')).toEqual(linked)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => datesOf(page, 'Unpack boxes')).toEqual(later)
  expect(troubles).toEqual([])
  await page.close()
})

test('a file that is no plan says so and leaves nothing behind', async () => {
  const { page } = await openWindow(house)
  await page.goto(await freshLink())
  await page.getByRole('button', { name: 'Later' }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  await dropFile(page, join(import.meta.dirname, 'support.ts'), 'holiday.xml')
  await page.getByText('Nothing was imported.').waitFor()
  await page.close()
})
