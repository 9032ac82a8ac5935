// npm run test:oracles: the tests that compare with outside data, found by HELMWARD_ORACLES.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { runUnderPinnedNode } from './setup/runtime.js'
import { setUp } from './setup/set-up.js'

const folder = process.env.HELMWARD_ORACLES
if (!folder || !existsSync(folder)) {
  console.error('******************************************************************')
  console.error(
    folder ? `oracles NOT RUN: ${folder} does not exist` : 'oracles NOT RUN: HELMWARD_ORACLES is not set',
  )
  console.error('Set it to the folder with the outside data (mspdi/, psplib/, …).')
  console.error('******************************************************************')
  process.exitCode = 1
} else {
  process.env.HELMWARD_ORACLES = resolve(folder)
  await setUp({ web: false })
  await runUnderPinnedNode('tools/suites.ts', ['--project=oracles', ...process.argv.slice(2)])
}
