import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isRefused } from '../plan-file.ts'
import { readPlanBytes } from '../read-plan.ts'

const folder = join(process.env.HELMWARD_ORACLES ?? '', 'samples', 'primavera')
const files = readdirSync(folder).filter((name) => name.endsWith('.xer'))

function read(name: string) {
  const reading = readPlanBytes(readFileSync(join(folder, name)))
  if (isRefused(reading)) throw new Error(reading.refused.sentence)
  return reading
}

test('the samples are there', () => expect(files.length).toBeGreaterThanOrEqual(4))

test.each(files)('%s is read with calendars, tasks and a start', (name) => {
  const { file } = read(name)
  expect(file.calendars.length).toBeGreaterThan(0)
  expect(file.tasks.length).toBeGreaterThan(0)
  expect(file.project.start).toMatch(/^\d{4}-\d\d-\d\dT/)
  expect(file.project.calendar).toBe(file.calendars[0]?.uid)
})

test('percent complete by duration, by units and physically', () => {
  const { file } = read('percent-complete-8.4.xer')
  const said = file.tasks.map((task) => [
    task.name,
    task.percentComplete,
    task.percentWorkComplete,
    task.physicalPercentComplete,
  ])
  expect(said).toContainEqual(['Duration 25%', 25, 0, 0])
  expect(said).toContainEqual(['Duration 75%', 75, 0, 0])
  expect(said).toContainEqual(['Physical 75%', 0, 0, 75])
  expect(said).toContainEqual(['Units 75%', 0, 75, 0])
})
