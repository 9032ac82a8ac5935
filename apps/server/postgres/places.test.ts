import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { chooseAccount, runAs } from './account.ts'
import { copyPrograms, packageFolder } from './binaries.ts'
import { placesIn, reachableBase, shortDigest, socketFolder, socketPathIn, wantedFolder } from './folders.ts'
import { openDatabase } from './open.ts'
import { temporaryFolder } from './test-cluster.ts'

const { folder, remove } = temporaryFolder()
const isRoot = process.getuid?.() === 0
const account = chooseAccount(join(folder, 'nothing'))

afterAll(remove)

test('PostgreSQL never runs as root', () => {
  expect(account.uid).not.toBe(0)
  expect(account.foreign).toBe(isRoot)
  expect(runAs(account, 'id', ['-u']).output.trim()).toBe(String(account.uid))
})

test('HELMWARD_DATA names the folder; without it each clone has one of its own', () => {
  expect(wantedFolder({ HELMWARD_DATA: '/srv/plans' }, '/home/ana/helmward')).toBe('/srv/plans')
  const one = wantedFolder({}, '/home/ana/helmward')
  expect(one).toMatch(/\/helmward-[0-9a-f]{12}$/)
  expect(wantedFolder({}, '/home/ana/second/helmward')).not.toBe(one)
})

test.runIf(isRoot)(
  "data wanted where the account cannot go lies in the system's folder, always the same one",
  () => {
    const hidden = join(folder, 'hidden')
    mkdirSync(hidden, { mode: 0o700 })
    const system = join(folder, 'system')
    const wanted = join(hidden, 'data')
    const fallback = join(system, shortDigest(wanted))
    expect(reachableBase(wanted, account, system)).toBe(fallback)
    giveDatabase(fallback)
    chmodSync(hidden, 0o755)
    expect(reachableBase(wanted, account, system)).toBe(fallback)
  },
)

test.runIf(isRoot)(
  'a database that the account can no longer reach is refused, not begun anew elsewhere',
  () => {
    const closed = join(folder, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const wanted = join(closed, 'data')
    giveDatabase(wanted)
    expect(() => reachableBase(wanted, account, join(folder, 'system'))).toThrow('cannot be reached')
  },
)

test('the socket lies beside the data, or under a short path of our own where that is too long', () => {
  const near = placesIn(join(folder, 'near'))
  mkdirSync(near.base)
  expect(socketFolder(near, account)).toBe(join(near.base, 'run'))
  const far = placesIn(join(folder, 'a folder with a very long name '.repeat(4)))
  const chosen = socketFolder(far, account, folder)
  expect(socketPathIn(chosen).length).toBeLessThan(104)
  expect(statSync(chosen)).toMatchObject({ uid: account.uid })
  expect(statSync(chosen).mode & 0o777).toBe(0o700)
})

test('a socket folder that somebody else prepared is not used', () => {
  const far = placesIn(join(folder, 'another folder with a very long name '.repeat(4)))
  const expected = join(folder, `helmward-${shortDigest(far.data)}`)
  mkdirSync(expected)
  chmodSync(expected, 0o777)
  expect(socketFolder(far, account, folder)).not.toBe(expected)
})

test('programs copied without their links are whole, and the account can run them', () => {
  const copy = join(folder, 'programs-copy')
  copyPrograms(packageFolder(), copy)
  expect(runAs(account, join(copy, 'bin', 'postgres'), ['--version']).output).toContain('PostgreSQL')
  expect(runAs(account, join(copy, 'bin', 'initdb'), ['--version']).output).toContain('PostgreSQL')
  expect(existsSync(join(copy, 'lib', 'libpq.a'))).toBe(false)
})

test("an unreachable database of one's own is refused without telling its password", async () => {
  const url = 'postgres://ana:geheim@127.0.0.1:1/plans'
  const refusal = openDatabase({ DATABASE_URL: url, DATABASE_OWNER_URL: url })
  await expect(refusal).rejects.toMatchObject({ code: 'storage.unreachable' })
  await expect(refusal).rejects.not.toThrow('geheim')
})

function giveDatabase(base: string): void {
  mkdirSync(placesIn(base).data, { recursive: true })
  writeFileSync(join(placesIn(base).data, 'PG_VERSION'), '18\n')
}
