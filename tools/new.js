// npm run new room x: sets up what is missing, then writes the room.
import { inRoot } from './setup/root.js'
import { pinnedNode, runChild } from './setup/runtime.js'
import { setUp } from './setup/set-up.js'

await setUp({ web: false })
process.exitCode = await runChild(pinnedNode, [inRoot('tools', 'new-room.ts'), ...process.argv.slice(2)])
