#!/usr/bin/env node
// The one executable. Plain JavaScript, because the Node that finds it may be too old to read TypeScript.
import { existsSync } from 'node:fs'
import module from 'node:module'
import { inRoot } from '../tools/setup/root.js'
import {
  bringPinnedNode,
  pinnedNode,
  pinnedNodeWorks,
  runChild,
  runsUnderPinnedNode,
} from '../tools/setup/runtime.js'

if (!runsUnderPinnedNode()) {
  process.exitCode = await handOverToPinnedNode()
} else {
  module.enableCompileCache(inRoot('.cache', 'compiled'))
  const { main } = await import('../apps/cli/main.ts')
  // Only a number ends the command; a server answers nothing and keeps running.
  const code = await main(process.argv.slice(2))
  if (typeof code === 'number') process.exitCode = code
}

async function handOverToPinnedNode() {
  if (!existsSync(inRoot('node_modules', 'node'))) {
    process.stderr.write(`house.not-installed: Run \`npm ci\` or \`npm start\` in ${inRoot()} first.\n`)
    return 2
  }
  if (!pinnedNodeWorks()) bringPinnedNode()
  return runChild(pinnedNode, process.argv.slice(1))
}
