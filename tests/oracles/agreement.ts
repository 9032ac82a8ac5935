import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { showSchedule } from '../../capabilities/schedule/schedule.queries.ts'
import { isRefused, type PlanFile } from '../../exchange/plan-file.ts'
import { readPlanBytes } from '../../exchange/read-plan.ts'
import { minuteOf } from '../../kernel/day.ts'

export type Shown = Awaited<ReturnType<typeof showSchedule.run>>

/** Dates agree within 0.29 minutes, slack within 0.3: what rounding in the files can explain. */
const DATE_TOLERANCE_MINUTES = 0.29
const SLACK_TOLERANCE_MINUTES = 0.3

const DATES = ['start', 'finish', 'earlyStart', 'earlyFinish', 'lateStart', 'lateFinish'] as const
const SLACKS = ['freeSlackMinutes', 'totalSlackMinutes'] as const

/** How many leaf tasks of one file come out as Microsoft Project calculated them. */
export type Agreement = {
  readonly leaves: number
  readonly startFinish: number
  readonly allFields: number
  /**
   * The same where a slack also agrees as "days of eight hours": converters of Project's own format count slack in
   * days and write each as 480 minutes, whatever the project's day is (see docs/engine.md).
   */
  readonly allFieldsByDays: number
  readonly misses: string[]
}

/** The Microsoft Project files of the folder of outside data, with their tier. */
export function projectFiles(oracles: string): { name: string; tier: string; path: string }[] {
  const manifest = readFileSync(`${oracles}/mspdi/MANIFEST.tsv`, 'utf8').trim().split('\n').slice(1)
  const tiers = new Map(
    manifest.map((line) => [line.split('\t')[0] ?? '', line.split('\t').at(-1)?.slice(0, 1) ?? '']),
  )
  return readdirSync(`${oracles}/mspdi`)
    .filter((name) => name.endsWith('.xml'))
    .map((name) => ({ name, tier: tiers.get(name) ?? '?', path: `${oracles}/mspdi/${name}` }))
}

/** The eleven large plans, unpacked into a fresh temporary folder, or why they cannot be. */
export function largePlans(oracles: string): { folder: string; paths: string[] } | { missing: string } {
  const folder = mkdtempSync(join(tmpdir(), 'helmward-plans-'))
  try {
    execFileSync('tar', ['-xJf', `${oracles}/mspdi/mpsplib-dev.tar.xz`, '-C', folder], { stdio: 'pipe' })
  } catch (error) {
    return { missing: `tar cannot unpack mpsplib-dev.tar.xz: ${String(error)}` }
  }
  const names = readdirSync(join(folder, 'mpsplib')).sort()
  return { folder, paths: names.map((name) => join(folder, 'mpsplib', name)) }
}

/** Reads a plan file in this process. */
export function readFileOfPlan(path: string): PlanFile {
  const reading = readPlanBytes(readFileSync(path))
  if (isRefused(reading)) throw new Error(`${path}: ${reading.refused.code}`)
  return reading.file
}

/** Compares the leaf tasks of a shown plan with what the file says Microsoft Project calculated. */
export function agreementOf(file: PlanFile, shown: Shown): Agreement {
  const calculated = new Map(file.calculated.tasks.map((task) => [task.uid, task]))
  const said = new Map(file.tasks.map((task) => [task.uid, task]))
  const misses: string[] = []
  let leaves = 0
  let startFinish = 0
  let allFields = 0
  let allFieldsByDays = 0
  const dayFactor = file.project.minutesPerDay / 480
  for (const task of shown.tasks) {
    const theirs = calculated.get(task.uid ?? -1)
    const own = said.get(task.uid ?? -1)
    if (task.summary || task.blank || !task.active || !theirs || !own || own.external) continue
    const expected =
      own.mode === 'manual'
        ? { ...theirs, start: own.manualStart ?? theirs.start, finish: own.manualFinish ?? theirs.finish }
        : theirs
    leaves += 1
    const wrongDates = DATES.filter((field) => !sameDate(expected[field], task[field]))
    const wrongSlacks = (factor: number) =>
      SLACKS.filter(
        (field) => Math.abs((expected[field] ?? 0) * factor - task[field]) >= SLACK_TOLERANCE_MINUTES,
      )
    const wrong = [...wrongDates, ...wrongSlacks(1)]
    if (!wrong.includes('start') && !wrong.includes('finish')) startFinish += 1
    if (wrong.length === 0 || wrongDates.length + wrongSlacks(dayFactor).length === 0) allFieldsByDays += 1
    if (wrong.length === 0) allFields += 1
    else
      misses.push(
        `${task.uid} ${task.name}: ${wrong.map((field) => `${field} ${task[field]} not ${expected[field]}`).join(', ')}`,
      )
  }
  return { leaves, startFinish, allFields, allFieldsByDays, misses }
}

function sameDate(theirs: string | undefined, ours: string): boolean {
  return theirs === undefined || Math.abs(minuteOf(theirs) - minuteOf(ours)) < DATE_TOLERANCE_MINUTES
}
