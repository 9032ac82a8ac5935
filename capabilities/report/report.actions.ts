import { z } from 'zod'
import { action, query } from '../../kernel/action.ts'
import { addDays } from '../../kernel/day.ts'
import { Fault } from '../../kernel/fault.ts'
import type { Read } from '../../kernel/ledger/tx.ts'
import { day, ref, type Stored } from '../../kernel/record.ts'
import { Project } from '../project/project.model.ts'
import { composeStatusReport } from './report.compose.ts'
import { factsOfReport, lastPublished, reportFacts } from './report.facts.ts'
import { authorsWords, Report } from './report.model.ts'

const report = ref('report', 'Status report')

const PERIOD_DAYS = 14

export const draftReport = action('report.draft', {
  title: 'Draft a status report',
  about: 'Opens the next report of a project. Until it is published it follows the plan.',
  allow: 'report.write',
  input: z.strictObject({
    id: z.uuid().meta({ title: 'Id' }),
    project: ref('project', 'Project'),
    to: day('Period to'),
    from: day('Period from').optional(),
    baseline: Report.schema.shape.baseline,
  }),
  run: async (tx, { id, project, to, from, baseline }) => {
    const reports = await tx.all(Report, { project })
    const open = reports.find(({ state }) => state === 'draft')
    if (open)
      throw new Fault('report.open', `Report no. ${open.number} is still a draft.`, { report: open.id })
    const number = reports.reduce((most, row) => Math.max(most, row.number), 0) + 1
    const last = await lastPublished(tx, project, number)
    const begins = from ?? (last ? addDays(last.to, 1) : addDays(to, 1 - PERIOD_DAYS))
    if (begins > to)
      throw new Fault('report.period', 'The period ends before it begins.', { from: begins, to })
    const author = tx.actor.kind === 'person' ? { author: tx.actor.id } : {}
    await tx.put(Report, {
      id,
      project,
      number,
      state: 'draft',
      from: begins,
      to,
      ...author,
      words: {},
      ...(baseline === undefined ? {} : { baseline }),
    })
    return { id, number }
  },
})

export const writeReport = action('report.write', {
  title: "Write the author's words",
  about: 'Sets what the author says in their own words, or changes period and baseline of a draft.',
  allow: 'report.write',
  input: z.strictObject({
    report,
    words: authorsWords.optional(),
    from: day('Period from').optional(),
    to: day('Period to').optional(),
    baseline: Report.schema.shape.baseline.unwrap().nullable().optional(),
  }),
  run: async (tx, { report: id, words, baseline, ...period }) => {
    const row = demandDraft(await tx.get(Report, id))
    const from = period.from ?? row.from
    const to = period.to ?? row.to
    if (from > to) throw new Fault('report.period', 'The period ends before it begins.', { from, to })
    const chosen = baseline === undefined ? {} : { baseline: baseline ?? undefined }
    await tx.change(Report, row, {
      from,
      to,
      ...chosen,
      ...(words === undefined ? {} : { words, writtenAt: tx.at }),
    })
  },
})

function demandDraft(row: Stored<typeof Report>): Stored<typeof Report> {
  if (row.state === 'published') {
    throw new Fault('report.published', `Report no. ${row.number} is published and stays as it is.`, {
      report: row.id,
    })
  }
  return row
}

export const discardReport = action('report.discard', {
  title: 'Discard a draft',
  about: 'Removes a draft. A published report stays.',
  allow: 'report.write',
  input: z.strictObject({ report }),
  run: async (tx, { report: id }) => {
    demandDraft(await tx.get(Report, id))
    await tx.remove(Report, [id])
  },
})

export const publishReport = action('report.publish', {
  title: 'Publish a status report',
  about: 'Freezes a draft with its figures and finished files (HTML, PDF). Nothing changes it afterwards.',
  allow: 'report.publish',
  final: 'a published report stays as it was read',
  input: z.strictObject({ report }),
  prepare: async (read, { report: id }, { keep, print, progress, signal }) => {
    const row = demandDraft(await read.get(Report, id))
    const facts = await factsOfReport(read, row)
    const document = await composeStatusReport(read, row, facts, 'published')
    progress(0.3, 'printing')
    const bytes = new TextEncoder().encode(JSON.stringify(document))
    const html = await keep(await print(document, 'html'))
    signal.throwIfAborted()
    progress(0.6, 'printing')
    const pdf = await keep(await print(document, 'pdf'))
    signal.throwIfAborted()
    const { calculated } = facts.overall
    const reported = row.words.rating?.reported ?? facts.overall.reported
    return { seq: facts.seq, calculated, reported, document: await keep(bytes), html, pdf }
  },
  run: async (tx, { report: id }, frozen) => {
    const row = demandDraft(await tx.get(Report, id))
    const by = tx.actor.kind === 'person' ? { by: tx.actor.id } : {}
    await tx.change(Report, row, { state: 'published', published: { at: tx.at, ...by, ...frozen } })
    return { number: row.number, seq: frozen.seq }
  },
})

/** The figures of a report, or of the plan as it would be reported on a day. */
export const showReport = query('report.status', {
  title: 'Figures of a status report',
  about:
    'Health of the schedule with the rule that gave it, milestones against the baseline, late and critical tasks, and what changed since the report before.',
  allow: 'report.read',
  input: z.union([
    z.strictObject({ report }),
    z.strictObject({
      project: ref('project', 'Project'),
      to: day('Status date').optional(),
      baseline: Report.schema.shape.baseline,
    }),
  ]),
  run: async (read, input) => {
    if ('report' in input) return factsOfReport(read, await read.get(Report, input.report))
    const to = input.to ?? (await statusDay(read, input.project))
    const last = await lastPublished(read, input.project, Number.MAX_SAFE_INTEGER)
    return reportFacts(read, { project: input.project, to, baseline: input.baseline, last })
  },
})

async function statusDay(read: Read, project: string): Promise<string> {
  const { statusDate } = await read.get(Project, project)
  return (statusDate ?? read.at).slice(0, 10)
}
