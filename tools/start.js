// npm start: sets up what is missing, then serves. Arguments go to `helmward serve`.
import { runUnderPinnedNode } from './setup/runtime.js'
import { setUp } from './setup/set-up.js'

await setUp({ web: true })
await runUnderPinnedNode('bin/helmward.js', ['serve', ...process.argv.slice(2)])
