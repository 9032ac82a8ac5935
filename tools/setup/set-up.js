import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { dependenciesAreFresh, installDependencies } from './dependencies.js'
import { inRoot } from './root.js'
import { buildWeb, webIsFresh } from './web.js'

/**
 * Brings a clone to the state in which it runs: locked packages, pinned Node and, when asked, built screens.
 * Costs milliseconds when nothing is missing. Ends the process with one plain sentence when it cannot be done.
 */
export async function setUp({ web }) {
  const ready = () => dependenciesAreFresh() && (!web || webIsFresh())
  if (ready()) return
  try {
    await alone(async () => {
      if (!dependenciesAreFresh()) await installDependencies(say)
      if (web && !webIsFresh()) await buildWeb(say)
    })
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exit(1)
  }
}

// stderr: stdout belongs to what the command answers
function say(line) {
  process.stderr.write(`${line}\n`)
}

function explain(error) {
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS') {
    return `Set-up needs to write to ${error.path ?? inRoot()} and may not: run it as the owner of this folder.`
  }
  return `Set-up failed: ${error.message}`
}

/** Two starts at once on a new clone must not both run npm in the same folder. */
async function alone(work) {
  const lock = inRoot('.cache', 'set-up.lock')
  mkdirSync(inRoot('.cache'), { recursive: true })
  while (!takeLock(lock)) await pause(500)
  try {
    await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

let saidThatWeWait = false

function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0
  if (!lives(owner)) {
    rmSync(lock, { force: true })
  } else if (!saidThatWeWait) {
    say(`Another set-up of this clone is running (process ${owner}); waiting for it …`)
    saidThatWeWait = true
  }
  return false
}

function lives(pid) {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM' // alive, but another user's
  }
}
