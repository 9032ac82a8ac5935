import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judgeArchitecture } from '../tools/architecture.ts'
import { limitFaults } from '../tools/limits.ts'
import { writeRoom } from '../tools/new-room.ts'

// The whole check on a copy of the house, but only what it says of the new room counts.

const house = fileURLToPath(new URL('..', import.meta.url))
const kept = 'engine kernel drawing exchange paper ui capabilities connectors apps tools tests bench'.split(
  ' ',
)
const files =
  'package.json tsconfig.json biome.json knip.json architecture.cjs vitest.config.ts vite.config.ts'.split(
    ' ',
  )
let tree = ''

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'helmward-new-room-'))
  for (const path of [...kept, ...files]) {
    if (existsSync(join(house, path))) cpSync(join(house, path), join(tree, path), { recursive: true })
  }
  symlinkSync(join(house, 'node_modules'), join(tree, 'node_modules'))
  writeRoom(tree, 'tea-break')
})

afterAll(() => rmSync(tree, { recursive: true, force: true }))

test('a new room stands on the ladder', () => {
  expect(readFileSync(join(tree, 'apps/rooms.ts'), 'utf8')).toContain('TEA_BREAK')
})

test('a new room is formatted and free of lint', () => {
  expect(
    run('@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', 'capabilities/tea-break', 'apps/rooms.ts']),
  ).toBe('')
})

test('a new room passes the types, and its own test among them', () => {
  writeFileSync(
    join(tree, 'tsconfig.room.json'),
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: { incremental: false, types: ['node'] },
      include: ['capabilities/tea-break'],
    }),
  )
  expect(run('typescript/bin/tsc', ['-p', 'tsconfig.room.json'])).toBe('')
})

test('a new room breaks no arrow and no limit', async () => {
  const { violations } = await judgeArchitecture(tree)
  expect(violations.filter(({ from, to }) => /tea-break/.test(from + to))).toEqual([])
  expect(limitFaults(tree).filter((fault) => /tea-break/.test(fault))).toEqual([])
})

test('nothing in a new room is unused', () => {
  const said = run('knip/bin/knip.js', ['--no-progress', '--no-config-hints', '--reporter', 'compact'])
  expect(said.split('\n').filter((line) => /tea-break/i.test(line))).toEqual([])
})

test('the story of a new room is true', () => {
  expect(run('vitest/vitest.mjs', ['run', '--project=pure', 'capabilities/tea-break'])).toBe('')
})

test('a room is neither overwritten nor given a name that is no word', () => {
  expect(() => writeRoom(tree, 'tea-break')).toThrow('is there already')
  expect(() => writeRoom(tree, 'TeaBreak')).toThrow('no room name')
})

/** What a tool says when it is not content; nothing when it is. */
function run(script: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(tree, 'node_modules', script), ...args],
    {
      cwd: tree,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', VITEST: undefined },
    },
  )
  return status === 0 ? '' : `${stdout}${stderr}`
}
