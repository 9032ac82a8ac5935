import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faultOfSchedule } from '../../engine/levelling/check-schedule.ts'
import { level } from '../../engine/levelling/level.ts'
import { readPsplib } from './read-psplib.ts'

const data = join(process.env.HELMWARD_ORACLES ?? '', 'psplib')
// Set, name, the least known makespan and how far above it 2,000 schedules may end.
const chosen = [
  ['j30', 'j301_1.sm', 0],
  ['j30', 'j3013_2.sm', 4],
  ['j60', 'j601_1.sm', 0],
  ['j120', 'j1201_10.sm', 8],
  ['rg300', 'RG300_5.rcp', 12],
] as const

test('PSPLIB and Patterson files are read and levelled close to the best known makespans', () => {
  const folder = mkdtempSync(join(tmpdir(), 'psplib-'))
  try {
    execFileSync('tar', ['-xJf', join(data, 'psplib-dev.tar.xz'), '-C', folder])
    const known = new Map(
      readFileSync(join(data, 'best-known.csv'), 'utf8')
        .split('\n')
        .map((line) => line.split(','))
        .map((row) => [row[1], row]),
    )
    for (const [set, file, above] of chosen) {
      const row = known.get(file.replace(/\.\w+$/, ''))
      if (!row) continue
      const problem = readPsplib(readFileSync(join(folder, 'psplib', set, file), 'utf8'))
      if ('refused' in problem) throw new Error(problem.refused.sentence)
      const answer = level(problem, { seed: 1, schedules: 2_000 })
      if ('refused' in answer) throw new Error(answer.refused.code)
      expect(faultOfSchedule(problem, answer.starts, answer.makespan)).toBeUndefined()
      expect(answer.criticalPathLength).toBe(Number(row[2]))
      expect(answer.lowerBound).toBeLessThanOrEqual(Number(row[4]))
      expect(answer.makespan).toBeGreaterThanOrEqual(Number(row[3]))
      expect(answer.makespan).toBeLessThanOrEqual(Number(row[4]) + above)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
