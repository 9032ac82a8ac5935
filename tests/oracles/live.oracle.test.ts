import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../apps/server/postgres/test-cluster.ts'
import { readPlate } from '../../apps/server/sign-in/local-door.ts'
import { machine } from '../../apps/server/world.ts'
import { projectFiles } from './agreement.ts'

const files = projectFiles(process.env.HELMWARD_ORACLES ?? '')
const bin = join(import.meta.dirname, '../../bin/helmward.js')
const run = promisify(execFile)

test('a project in the running server answers at the command line as its file does, in every field', async () => {
  const { folder, remove } = temporaryFolder()
  const env = { PATH: process.env.PATH, HELMWARD_DATA: join(folder, 'data') }
  const server = spawn(process.execPath, [bin, 'serve', '--empty', '--port', '0'], { env, stdio: 'ignore' })
  try {
    const { address, secret } = await plateOf(env.HELMWARD_DATA, server.pid)
    const post = async (path: string, body: Uint8Array<ArrayBuffer> | string, type: string) => {
      const headers = { authorization: `Bearer ${secret}`, 'content-type': type }
      const answer = await fetch(`${address}${path}`, { method: 'POST', headers, body })
      const said = await answer.text()
      if (!answer.ok) throw new Error(said)
      return JSON.parse(said)
    }
    const said = async (...args: string[]) => {
      const { stdout } = await run(process.execPath, [bin, 'schedule', ...args, '--json'], {
        env,
        maxBuffer: 2 ** 28,
      })
      const { ms: _ms, ...document } = JSON.parse(stdout)
      return document
    }
    for (const { name, path } of files) {
      const bytes = new Uint8Array(readFileSync(path))
      const { plan, source } = await post(`/api/files/plan?name=${name}`, bytes, 'application/xml')
      const id = machine.newId()
      await post(
        '/api/schedule.import',
        JSON.stringify({ id, fileName: name, plan, source }),
        'application/json',
      )
      expect(await said('--project', id), name).toEqual(await said(path))
    }
  } finally {
    server.kill('SIGTERM')
    await once(server, 'close')
    remove()
  }
})

/** What a server hangs at its door once it listens. */
async function plateOf(folder: string, pid: number | undefined) {
  for (let waited = 0; waited < 600; waited += 1) {
    const plate = readPlate(folder)
    if (plate?.pid === pid && plate) return plate
    await new Promise((resume) => setTimeout(resume, 50))
  }
  throw new Error('the server did not come up')
}
