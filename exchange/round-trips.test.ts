import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { writeMpx } from './mpx/writer.ts'
import { writeMspdi } from './mspdi/writer.ts'
import { isRefused, type LossReport, type PlanFile, type PlanTask } from './plan-file.ts'
import { writePlanJson } from './plan-json/plan-json.ts'
import { writePlanCsv, writePlanWorkbook } from './plan-table/writer.ts'
import { readPlanFile } from './read-plan.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

/** The clinic's move with something unusual in every field that a plan knows. */
async function richPlan(): Promise<PlanFile> {
  const reading = await readPlanFile(
    readFileSync(new URL('./mspdi/fixtures/clinic-move.xml', import.meta.url)),
  )
  if (isRefused(reading)) throw new Error(reading.refused.sentence)
  const { file } = reading
  const leaves = file.tasks.filter(({ summary, blank, milestone }) => !summary && !blank && !milestone)
  const unusual: Partial<PlanTask>[] = [
    {
      notes: 'Line one\nline two, with "quotes"; and = signs',
      priority: 640,
      deadline: '2026-06-30T17:00:00',
    },
    {
      type: 'fixedWork',
      effortDriven: true,
      estimated: true,
      fixedCostCents: 123_450,
      physicalPercentComplete: 30,
    },
    {
      ignoreResourceCalendar: true,
      levelingCanSplit: false,
      levelAssignments: false,
      levelingDelayMinutes: 960,
    },
    { constraint: 'fnlt', constraintAt: '2026-05-29T16:30:00', levelingDelayElapsed: false, priority: 1000 },
    { active: false, recurring: true, durationElapsed: true, durationUnit: 'hours' },
    { mode: 'manual', manualStart: '2026-04-01T08:00:00', manualFinish: '2026-04-02T17:00:00' },
    { external: true, subprojectName: 'other.mpp', notes: '-2 rooms' },
  ]
  for (const [index, fields] of unusual.entries()) {
    const task = leaves[index]
    if (task === undefined) throw new Error('the fixture is too small')
    Object.assign(task, fields)
  }
  file.project.statusDate = '2026-03-31T17:00:00'
  return file
}

type Written = { bytes: Uint8Array; loss: LossReport }
const asBytes = ({ text, loss }: { text: string; loss: LossReport }): Written => ({ bytes: utf8(text), loss })

const FORMATS: Record<string, (file: PlanFile) => Written | Promise<Written>> = {
  xml: (file) => asBytes(writeMspdi(file)),
  json: (file) => asBytes(writePlanJson(file)),
  mpx: (file) => asBytes(writeMpx(file)),
  csv: (file) => asBytes(writePlanCsv(file)),
  xlsx: (file) => writePlanWorkbook(file),
}

/** JSON with the fields of each thing in one order. */
function said(value: unknown): string {
  const inOrder = (_key: string, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each
  return JSON.stringify(value, inOrder)
}

/** Every field of every thing as `task 12 · priority` → its value, to be compared. */
function facts(file: PlanFile): Map<string, string> {
  const found = new Map<string, string>()
  const add = (kind: string, key: string | number, row: object) => {
    for (const [field, value] of Object.entries(row))
      if (value !== undefined) found.set(`${kind}|${key}|${field}`, said(value))
  }
  add('project', '', file.project)
  for (const row of file.calendars) add('calendar', row.name, row)
  for (const row of file.resources) add('resource', row.name, row)
  for (const row of file.tasks) add('task', row.uid, row)
  for (const row of file.links) add('link', `${row.predecessor}>${row.successor}${row.type}`, row)
  const resourceOf = new Map(file.resources.map(({ uid, name }) => [uid, name]))
  for (const row of file.assignments)
    add('assignment', `${row.task}>${resourceOf.get(row.resource ?? -1)}`, row)
  for (const row of file.baselines) found.set(`file|${row.number}|baselines`, said(row))
  for (const [owner, elements] of Object.entries(file.extra)) found.set(`file|${owner}|extra`, said(elements))
  return found
}

/** `task|priority` for each field, `calendar|*` for each kind that a report names. */
function named(...reports: LossReport[]): Set<string> {
  const names = new Set<string>()
  for (const { level, where, field } of reports.flatMap(({ lines }) => lines))
    if (level !== 'taken') for (const one of (field ?? '*').split(', ')) names.add(`${where.kind}|${one}`)
  return names
}

test.each(Object.entries(FORMATS))(
  'as %s every field of a rich plan comes back equal or is named in the loss report',
  async (_format, write) => {
    const file = await richPlan()
    const { bytes, loss } = await write(file)
    const reading = await readPlanFile(bytes)
    if (isRefused(reading)) throw new Error(reading.refused.sentence)
    const [before, after] = [facts(file), facts(reading.file)]
    const told = named(loss, reading.loss)
    const untold = [...new Set([...before.keys(), ...after.keys()])].filter((key) => {
      if (before.get(key) === after.get(key)) return false
      const [kind, row, one] = key.split('|')
      // Of a thing that is gone as a whole its number stands for all.
      const isGone = !after.has(`${kind}|${row}|uid`) && before.has(`${kind}|${row}|uid`)
      const field = isGone ? 'uid' : one
      return !told.has(`${kind}|${field}`) && !told.has(`${kind}|*`)
    })
    expect(untold.map((key) => `${key}: ${before.get(key)} → ${after.get(key)}`)).toEqual([])
    expect(after.size).toBeGreaterThan(before.size / 10)
  },
)

test.each(['xml', 'json'])('as %s nothing at all is lost', async (format) => {
  const file = await richPlan()
  const written = await FORMATS[format]?.(file)
  const reading = await readPlanFile(written?.bytes ?? new Uint8Array())
  if (isRefused(reading)) throw new Error(reading.refused.sentence)
  expect({ ...reading.file, format: file.format }).toEqual(file)
})
