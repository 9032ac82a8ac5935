import { z } from 'zod'
import { day, record, ref } from '../../kernel/record.ts'

export const RATINGS = ['green', 'amber', 'red', 'notMeasured'] as const

const hash = (title: string) => z.string().length(64).meta({ title })

/** What an author adds in their own words: never mixed with what was computed. */
export const authorsWords = z.strictObject({
  summary: z.string().max(10_000).meta({ title: 'Summary' }).optional(),
  outlook: z.string().max(10_000).meta({ title: 'Next period' }).optional(),
  /** A reported rating other than the calculated one, with its reason. */
  rating: z
    .strictObject({
      reported: z.enum(['green', 'amber', 'red']).meta({ title: 'Reported' }),
      reason: z.string().trim().min(1).max(2000).meta({ title: 'Reason' }),
    })
    .meta({ title: 'Rating given by the author' })
    .optional(),
})

/** A status report of one project: a draft that follows the plan, or published and for ever as it was. */
export const Report = record(
  'report',
  {
    number: z.int().min(1).meta({ title: 'No.' }),
    state: z.enum(['draft', 'published']).meta({ title: 'State' }),
    from: day('Period from'),
    to: day('Period to'),
    baseline: z.int().min(0).max(10).meta({ title: 'Compared with baseline' }).optional(),
    author: ref('person', 'Author').optional(),
    words: authorsWords.meta({ title: "Author's words" }),
    writtenAt: z.iso.datetime().optional(),
    /** Set by publishing: what was computed, from which change, and the finished files by their SHA-256. */
    published: z
      .strictObject({
        at: z.iso.datetime(),
        by: ref('person', 'Published by').optional(),
        seq: z.int(),
        calculated: z.enum(RATINGS),
        reported: z.enum(RATINGS),
        document: hash('Document'),
        html: hash('HTML'),
        pdf: hash('PDF'),
      })
      .meta({ title: 'Published' })
      .optional(),
  },
  { title: 'Status report', unique: ['number'] },
)
