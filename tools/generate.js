// npm run generate: sets up what is missing, then writes the generated pages.

import { inRoot } from './setup/root.js'
import { pinnedNode, runChild } from './setup/runtime.js'
import { setUp } from './setup/set-up.js'

await setUp({ web: false })
process.exitCode = await runChild(pinnedNode, [inRoot('tools', 'generate.ts'), ...process.argv.slice(2)])
