import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ROOMS } from '../../apps/rooms.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { countedIds } from '../../kernel/id.ts'
import { createLedger } from '../../kernel/ledger/ledger.ts'
import { memoryStore, textHash } from '../../kernel/ledger/memory.ts'
import { createRegistry } from '../../kernel/registry.ts'
import type { PaperDocument } from '../../paper/blocks.ts'
import { refuseFaulty } from '../../paper/check.ts'
import { renderHtml } from '../../paper/html.ts'
import { renderPdf } from '../../paper/pdf.ts'
import { statusReport } from './report.documents.ts'
import type { ReportFacts } from './report.facts.ts'
import { Report } from './report.model.ts'
import { rateOverall, rateSchedule, spiByTime, withHysteresis } from './report.rules.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const PROJECT = id(1)

/** A payroll change agreed to go live on Friday 16 January 2026; build slips by three days. */
async function payroll() {
  let nowMs = Date.UTC(2026, 0, 2, 9)
  const ledger = createLedger({
    registry: createRegistry(ROOMS),
    store: memoryStore(sha256),
    hash: textHash(sha256),
    hashBytes: sha256,
    clock: () => nowMs,
    newId: countedIds(5),
    salt: countedIds(6),
    print: async (document, format) => {
      const paper = document as PaperDocument
      return format === 'html' ? new TextEncoder().encode(renderHtml(paper)) : (await renderPdf(paper)).bytes
    },
  })
  const perform = (action: string, input: unknown) =>
    ledger.perform({ actor: SYSTEM, action, input, via: 'test' })
  await perform('project.create', { id: PROJECT, name: 'Payroll change', start: '2026-01-05T08:00:00' })
  const add = (n: number, name: string, days: number) =>
    perform('task.create', { id: id(n), project: PROJECT, name, durationMinutes: days * 480 })
  await add(10, 'Design', 4)
  await add(11, 'Build', 5)
  await add(12, 'Go-live', 0)
  await perform('task.link', {
    links: [
      { id: id(20), predecessor: id(10), successor: id(11) },
      { id: id(21), predecessor: id(11), successor: id(12) },
    ],
  })
  await perform('baseline.take', { id: id(30), project: PROJECT, number: 1 })
  await perform('task.progress', { tasks: [{ id: id(10), actualFinish: '2026-01-08T17:00:00' }] })
  const facts = async (input: object) => (await ledger.ask(SYSTEM, 'report.status', input)) as ReportFacts
  const compose = (report: string) =>
    ledger.read(SYSTEM, (read) => statusReport.compose(read, { report })) as Promise<PaperDocument>
  const setDay = (day: string) => {
    nowMs = Date.parse(`${day}T18:00:00Z`)
  }
  return { ledger, perform, facts, compose, setDay }
}

describe('health of the schedule', () => {
  const onTime = {
    worstMilestone: { name: 'Go-live', slipDays: 0 },
    remainingDays: 40,
    spit: 1,
    endSlackDays: 0,
    dataAgeDays: 0,
  }

  test('follows the rule with its figures, the worst first', () => {
    const rating = (more: object) => rateSchedule({ ...onTime, ...more }).rating
    expect(rating({})).toBe('green')
    expect(rating({ worstMilestone: { name: 'Go-live', slipDays: 6 } })).toBe('amber')
    expect(rating({ worstMilestone: { name: 'Go-live', slipDays: 3 } })).toBe('amber')
    expect(rating({ worstMilestone: { name: 'Go-live', slipDays: 11 } })).toBe('red')
    expect(rating({ spit: 0.94 })).toBe('amber')
    expect(rating({ spit: 0.89 })).toBe('red')
    expect(rating({ endSlackDays: -1 })).toBe('red')
    expect(rating({ dataAgeDays: 8 })).toBe('amber')
    expect(rateSchedule({ ...onTime, spit: undefined, worstMilestone: undefined }).rating).toBe('notMeasured')
    expect(rateSchedule({ ...onTime, worstMilestone: { name: 'Go-live', slipDays: 15 } }).rule).toBe(
      'Red: Go-live is 15 working days late, more than 10 working days.',
    )
  })

  test('gets worse at once and better only by a step after two periods', () => {
    expect(withHysteresis('red', { calculated: 'green', reported: 'green' }).rating).toBe('red')
    expect(withHysteresis('green', { calculated: 'red', reported: 'red' }).rating).toBe('red')
    expect(withHysteresis('green', { calculated: 'green', reported: 'red' }).rating).toBe('amber')
    expect(withHysteresis('green', { calculated: 'green', reported: 'amber' }).rating).toBe('green')
    expect(rateOverall({ schedule: 'green', quality: 'red', cost: 'notMeasured' })).toBe('amber')
    expect(rateOverall({ schedule: 'notMeasured' })).toBe('notMeasured')
  })

  test('knows the pace: half a plan earned after all of its time is 0.5', () => {
    const task = (day: number, percentComplete: number) => ({
      startMinute: day * 480,
      finishMinute: (day + 1) * 480,
      weightMinutes: 480,
      percentComplete,
    })
    const between = (from: number, to: number) => to - from
    expect(spiByTime([task(0, 100), task(1, 0)], 960, between)).toBeCloseTo(0.5, 2)
    expect(spiByTime([task(0, 100), task(1, 100)], 960, between)).toBeCloseTo(1, 2)
    expect(spiByTime([task(0, 0)], 0, between)).toBeUndefined()
  })
})

describe('a status report', () => {
  test('says milestones against the baseline, late and critical tasks', async () => {
    const { perform, facts, setDay } = await payroll()
    setDay('2026-01-16')
    await perform('task.edit', { tasks: [{ id: id(11), durationMinutes: 8 * 480 }] })
    const said = await facts({ project: PROJECT, to: '2026-01-16' })
    expect(said.milestones).toMatchObject([
      {
        name: 'Go-live',
        baseline: '2026-01-15T17:00:00',
        forecast: '2026-01-20T17:00:00',
        slipMinutes: 1440,
        done: false,
      },
    ])
    expect(said.late).toMatchObject({ count: 1, tasks: [{ name: 'Build', slipMinutes: 1440 }] })
    expect(said.critical.tasks.map(({ name }) => name)).toEqual(['Build', 'Go-live'])
    expect(said.schedule).toMatchObject({ rating: 'red' })
    expect(said.changes).toBeNull()
  })

  test('is frozen by publishing, figures and files, and the next one says what changed', async () => {
    const { ledger, perform, compose, facts, setDay } = await payroll()
    setDay('2026-01-09')
    await perform('report.draft', { id: id(40), project: PROJECT, to: '2026-01-09' })
    await perform('report.write', {
      report: id(40),
      words: { summary: 'Design is signed. <b>Build</b> has begun.' },
    })
    const draft = await compose(id(40))
    expect(refuseFaulty(draft)).toBeUndefined()
    expect(draft.state).toBe('draft')
    await perform('report.publish', { report: id(40) })
    const published = await compose(id(40))
    const html = renderHtml(published)
    expect(html).toContain('&lt;b&gt;Build')
    await perform('task.edit', { tasks: [{ id: id(11), durationMinutes: 10 * 480 }] })
    expect(await compose(id(40))).toEqual(published)
    await expect(perform('report.write', { report: id(40), words: {} })).rejects.toMatchObject({
      code: 'report.published',
    })
    await expect(perform('report.publish', { report: id(40) })).rejects.toMatchObject({
      code: 'report.published',
    })
    setDay('2026-01-23')
    await perform('report.draft', { id: id(41), project: PROJECT, to: '2026-01-23' })
    const next = await facts({ report: id(41) })
    expect(next.changes).toMatchObject({
      number: 1,
      finish: { slipMinutes: 5 * 480 },
      milestones: [{ name: 'Go-live' }],
    })
    expect((await ledger.verify()).bad).toBeUndefined()
  })

  test('keeps the finished files as they were', async () => {
    const { ledger, perform } = await payroll()
    await perform('report.draft', { id: id(40), project: PROJECT, to: '2026-01-09' })
    await perform('report.publish', { report: id(40) })
    const files = await ledger.read(SYSTEM, async (read) => {
      const { published } = await read.get(Report, id(40))
      return { html: await read.blob(published?.html ?? ''), pdf: await read.blob(published?.pdf ?? '') }
    })
    expect(new TextDecoder().decode(files.html)).toContain('Payroll change')
    expect(new TextDecoder('latin1').decode(files.pdf.slice(0, 5))).toBe('%PDF-')
  })
})
