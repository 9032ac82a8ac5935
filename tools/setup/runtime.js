import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { constants } from 'node:os'
import { inRoot, readJson } from './root.js'

// Machines may come with an older Node. The npm package `node`, pinned in package.json, carries the
// right binary; everything after set-up runs under it.

/** Path of the pinned Node. */
export const pinnedNode = inRoot('node_modules', '.bin', 'node')

/** True when this process already runs under the pinned Node or a newer one. */
export function runsUnderPinnedNode() {
  const pinned = readJson('package.json').devDependencies.node
  return isAtLeast(process.versions.node, pinned)
}

/** True when the pinned Node is there and starts. */
export function pinnedNodeWorks() {
  return existsSync(pinnedNode) && spawnSync(pinnedNode, ['--version'], { stdio: 'ignore' }).status === 0
}

/** Runs the install script of the package `node` where npm was told to skip scripts (npm 11 asks for consent). */
export function bringPinnedNode() {
  const run = spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
    cwd: inRoot('node_modules', 'node'),
    env: npmEnvironment(),
    encoding: 'utf8',
  })
  linkPinnedNode()
  if (!pinnedNodeWorks()) {
    const said = `${run.stdout ?? ''}${run.stderr ?? ''}`.trim()
    throw new Error(`The pinned Node could not be installed in node_modules/node.\n${said}`)
  }
}

/** npm leaves the link out when the binary was not there while it linked. */
function linkPinnedNode() {
  mkdirSync(inRoot('node_modules', '.bin'), { recursive: true })
  rmSync(pinnedNode, { force: true })
  symlinkSync('../node/bin/node', pinnedNode)
}

/**
 * Runs a script of the repository under the pinned Node, in this process when it already is that Node.
 * Otherwise a child does the work: signals reach it and its exit code becomes ours.
 */
export async function runUnderPinnedNode(script, args) {
  if (runsUnderPinnedNode()) {
    process.argv = [process.execPath, inRoot(script), ...args]
    await import(new URL(`../../${script}`, import.meta.url).href)
    return
  }
  process.exitCode = await runChild(pinnedNode, [inRoot(script), ...args])
}

/** Runs a command with our terminal and passes signals on; answers its exit code (128 + number after a signal). */
export function runChild(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    // A terminal tells the whole group of Ctrl+C and of its end; a second signal would cut the child's farewell short.
    const told = (signal) => process.stdin.isTTY && signal !== 'SIGTERM'
    const forward = (signal) => told(signal) || child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, forward)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}

/** Our environment with node_modules/.bin taken out of PATH: npm must not run on the Node it is replacing. */
export function npmEnvironment() {
  const path = (process.env.PATH ?? '').split(':').filter((folder) => !folder.endsWith('node_modules/.bin'))
  return { ...process.env, PATH: path.join(':') }
}

function isAtLeast(version, floor) {
  const [have, need] = [version, floor].map((text) => text.split('.').map(Number))
  const differing = [0, 1, 2].find((place) => have[place] !== need[place])
  return differing === undefined || have[differing] > need[differing]
}
