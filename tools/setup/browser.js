import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const elsewhere = [
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * Path of a Chromium for the journeys: the one named in HELMWARD_BROWSER, else the machine's own, else (as root
 * on Debian) the distribution's package, announced before it is installed. Null when there is none.
 */
export function findBrowser(say) {
  const named = process.env.HELMWARD_BROWSER
  if (named) {
    if (isExecutable(named)) return named
    say(`HELMWARD_BROWSER names ${named}, which cannot be executed.`)
    return null
  }
  return installedBrowser() ?? (mayUseApt() ? installWithApt(say) : null)
}

function installedBrowser() {
  const folders = (process.env.PATH ?? '').split(':')
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, ...elsewhere].find(isExecutable) ?? null
}

function mayUseApt() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
}

function installWithApt(say) {
  say('The browser journeys need a browser: installing Debian’s package chromium with apt-get …')
  const started = Date.now()
  for (const command of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const run = spawnSync('apt-get', command, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (run.status !== 0) {
      say(`apt-get ${command.join(' ')} failed:\n${run.stderr}`)
      return null
    }
  }
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
  return installedBrowser()
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // absent or not ours to run: the next candidate
  }
}
