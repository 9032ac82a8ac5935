import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importPlan } from '../../apps/cli/plan-on-file.ts'
import { scheduleDocument } from '../../apps/cli/schedule-document.ts'
import { isRefused } from '../../exchange/plan-file.ts'
import { readPlanBytes } from '../../exchange/read-plan.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { minuteOf, timeOf } from '../../kernel/day.ts'
import { projectFiles, type Shown } from './agreement.ts'

const files = projectFiles(process.env.HELMWARD_ORACLES ?? '')

test.each(files.map(({ name, path }) => [name, path] as const))(
  '%s gives the same answer when all that Microsoft Project calculated is a day off',
  async (name, path) => {
    const text = readFileSync(path, 'utf8')
    const falsified = oneDayOff(text)
    expect(falsified).not.toBe(text)
    expect(await answerTo(falsified, name)).toEqual(await answerTo(text, name))
  },
)

async function answerTo(text: string, name: string) {
  const reading = readPlanBytes(new TextEncoder().encode(text))
  if (isRefused(reading)) throw new Error(`${name}: ${reading.refused.code}`)
  const { ledger, project } = await importPlan(reading.file, name)
  const shown = (await ledger.ask(SYSTEM, 'schedule.show', { project, drivers: true })) as Shown
  return scheduleDocument(shown, 0)
}

/**
 * Adds a day to every calculated value of the tasks that are automatic, active and of this project, to the dates of
 * assignments without actuals and to the project's finish where it follows from the start. A date that repeats an
 * actual one is what a person said and stays.
 */
function oneDayOff(text: string): string {
  const tasks = text.replaceAll(/<Task>.*?<\/Task>/gs, (task) => {
    const stays =
      said(task, 'Manual') === '1' || said(task, 'Active') === '0' || said(task, 'ExternalTask') === '1'
    return stays ? task : falseTask(task)
  })
  const assignments = tasks.replaceAll(/<Assignment>.*?<\/Assignment>/gs, (assignment) =>
    said(assignment, 'ActualStart') ? assignment : dayLater(dayLater(assignment, 'Start'), 'Finish'),
  )
  return said(text, 'ScheduleFromStart') === '0' ? assignments : dayLater(assignments, 'FinishDate')
}

function falseTask(task: string): string {
  let changed = task
  if (said(task, 'Start') !== said(task, 'ActualStart')) changed = dayLater(changed, 'Start')
  if (said(task, 'Finish') !== said(task, 'ActualFinish')) changed = dayLater(changed, 'Finish')
  for (const field of ['EarlyStart', 'EarlyFinish', 'LateStart', 'LateFinish'])
    changed = dayLater(changed, field)
  for (const field of [
    'FreeSlack',
    'TotalSlack',
    'StartSlack',
    'FinishSlack',
    'StartVariance',
    'FinishVariance',
  ])
    changed = replaceFirst(changed, field, (value) => String(Number(value) + 4800))
  return replaceFirst(changed, 'Critical', (value) => (value === '1' ? '0' : '1'))
}

function dayLater(owner: string, field: string): string {
  return replaceFirst(owner, field, (value) => timeOf(minuteOf(value) + 1440))
}

/** The first element of this name is the owner's own: those of baselines and timephased data stand behind it. */
function replaceFirst(owner: string, field: string, change: (value: string) => string): string {
  return owner.replace(
    new RegExp(`<${field}>([^<]+)</${field}>`),
    (_all, value: string) => `<${field}>${change(value)}</${field}>`,
  )
}

function said(owner: string, field: string): string | undefined {
  return new RegExp(`<${field}>([^<]*)</${field}>`).exec(owner)?.[1]
}
