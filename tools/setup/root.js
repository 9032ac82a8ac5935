import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the repository, without a closing slash. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Absolute path of something in the repository. */
export function inRoot(...parts) {
  return join(root, ...parts)
}

/** The JSON file at a path of the repository; null when it is absent or broken. */
export function readJson(...parts) {
  try {
    return JSON.parse(readFileSync(inRoot(...parts), 'utf8'))
  } catch {
    return null // both cases mean "not usable": the caller installs or reports
  }
}
