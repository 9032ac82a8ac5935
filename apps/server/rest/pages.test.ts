import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOMS } from '../../rooms.ts'
import { type TestHouse, testHouse } from './test-house.ts'

const folder = mkdtempSync(join(tmpdir(), 'hw-pages-'))
let house: TestHouse
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Helmward</title>')
  writeFileSync(join(folder, 'assets', 'plan-4f2a91.js'), 'export {}')
  house = await testHouse(ROOMS, { pages: folder })
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true })
})

const get = (path: string) => house.anybody.get(path)

test('assets carry their digest in the name and are kept for ever, the page is asked for again', async () => {
  expect((await get('/assets/plan-4f2a91.js')).headers['cache-control']).toBe(
    'public, max-age=31536000, immutable',
  )
  for (const path of ['/', '/projects/00000000-de00-7000-8000-000000000001/plan', '/sign-in?token=x']) {
    const page = await get(path)
    expect([page.status, page.headers['cache-control']]).toEqual([200, 'no-cache'])
    expect(page.text).toContain('<title>Helmward</title>')
  }
})

test('what is no page is not found, and nothing beside the folder is given out', async () => {
  for (const path of ['/assets/gone-000000.js', '/api/nothing', '/favicon.ico']) {
    expect((await get(path)).status).toBe(404)
  }
  // An address that is none is answered with the page, and the page says that there is nothing.
  expect((await get('//[')).status).toBe(200)
  for (const path of [
    '/..%2f..%2fetc/passwd',
    '/assets/..%2f..%2findex.html',
    '/%2e%2e/%2e%2e/package.json',
  ]) {
    const answer = await get(path)
    expect(answer.text).not.toMatch(/root:|"dependencies"/)
  }
})
