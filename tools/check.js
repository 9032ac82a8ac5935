// npm run check: sets up what is missing, then runs the steps of check.ts.
import { runUnderPinnedNode } from './setup/runtime.js'
import { setUp } from './setup/set-up.js'

await setUp({ web: false })
await runUnderPinnedNode('tools/check.ts', process.argv.slice(2))
