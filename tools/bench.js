// npm run bench -- NAME [args]: sets up what is missing, then runs bench/NAME.ts; without a name, says which there are.
import { existsSync, readdirSync } from 'node:fs'
import { inRoot } from './setup/root.js'
import { runUnderPinnedNode } from './setup/runtime.js'
import { setUp } from './setup/set-up.js'

const [name, ...args] = process.argv.slice(2)
if (name === undefined || !existsSync(inRoot('bench', `${name}.ts`))) {
  const known = readdirSync(inRoot('bench')).flatMap((file) =>
    file.endsWith('.ts') ? [file.slice(0, -3)] : [],
  )
  console.error(`Say: npm run bench -- NAME, one of ${known.join(', ')}`)
  process.exitCode = 2
} else {
  await setUp({ web: false })
  await runUnderPinnedNode(`bench/${name}.ts`, args)
}
