import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LevellingProblem } from '../../engine/levelling/problem.ts'
import { readPsplib } from '../../exchange/psplib/read-psplib.ts'

export type Instance = {
  readonly set: string
  readonly name: string
  readonly problem: LevellingProblem
  readonly criticalPathLength: number
  readonly bestKnown: number
  readonly closed: boolean
  /** CP-SAT with 900 s, where known. */
  readonly cpSat: number | undefined
}

/** The instances of a set in order, unpacked once into the cache; `folder` holds the archive and best-known.csv. */
export function instancesOf(folder: string, cache: string, set: string): Instance[] {
  const unpacked = join(cache, 'psplib')
  if (!existsSync(unpacked)) {
    mkdirSync(cache, { recursive: true })
    execFileSync('tar', ['-xJf', join(folder, 'psplib-dev.tar.xz'), '-C', cache])
  }
  const rows = readFileSync(join(folder, 'best-known.csv'), 'utf8').trim().split('\n').slice(1)
  const known = new Map(rows.map((row) => [row.split(',')[1] ?? '', row.split(',').map(Number)]))
  const files = readdirSync(join(unpacked, set)).sort((a, b) => rankOf(a) - rankOf(b))
  const instances: Instance[] = []
  for (const file of files) {
    const name = file.replace(/\.\w+$/, '')
    const row = known.get(name)
    if (!row) continue
    const problem = readPsplib(readFileSync(join(unpacked, set, file), 'utf8'))
    if ('refused' in problem) throw new Error(`${file}: ${problem.refused.sentence}`)
    const [, , criticalPathLength = 0, , bestKnown = 0, closed, cpSat] = row
    instances.push({
      set,
      name,
      problem,
      criticalPathLength,
      bestKnown,
      closed: closed === 1,
      cpSat: cpSat || undefined,
    })
  }
  return instances
}

/** j1201_10 stands after j1201_9: by the numbers in the name. */
function rankOf(file: string): number {
  const [group = 0, number = 0] = (file.match(/\d+/g) ?? []).map(Number)
  return group * 1000 + number
}

/** One of every ten, each ten at another place, so that no kind of instance is missed or preferred. */
export function stratifiedTenth<T>(all: readonly T[]): T[] {
  return all.filter((_, i) => i % 10 === (Math.floor(i / 10) * 3) % 10)
}
