import { z } from 'zod'
import { document } from '../../kernel/part.ts'
import { ref } from '../../kernel/record.ts'
import type { PaperDocument } from '../../paper/blocks.ts'
import { composeStatusReport } from './report.compose.ts'
import { factsOfReport } from './report.facts.ts'
import { Report } from './report.model.ts'

/** The status report: a draft as of now, or the published one exactly as it was. */
export const statusReport = document('status-report', {
  title: 'Status report',
  input: z.strictObject({ report: ref('report', 'Status report') }),
  allow: 'report.read',
  compose: async (read, { report: id }): Promise<PaperDocument> => {
    const report = await read.get(Report, id)
    if (report.published) {
      return JSON.parse(new TextDecoder().decode(await read.blob(report.published.document))) as PaperDocument
    }
    return composeStatusReport(read, report, await factsOfReport(read, report), 'draft')
  },
  frozen: async (read, { report }) => (await read.get(Report, report)).published,
})
