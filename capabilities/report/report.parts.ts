import { type DeskItem, part } from '../../kernel/part.ts'
import { Report } from './report.model.ts'

/** Reports that their author has begun and not published. */
export const openDrafts = part('desk', 'report.drafts', {
  title: 'Reports to finish',
  allow: 'report.write',
  run: async (read): Promise<DeskItem[]> => {
    const today = read.at.slice(0, 10)
    const drafts = (await read.all(Report)).filter(
      ({ state, author }) => state === 'draft' && author === read.actor.id,
    )
    return drafts.map(({ id, project, number, to }) => ({
      key: `report/${id}`,
      group: to < today ? ('late' as const) : ('due' as const),
      title: `Finish status report no. ${number}`,
      why: `It speaks of the period up to ${to} and is still a draft.`,
      project,
      due: to,
      href: `/projects/${project}/report`,
      offers: [],
    }))
  },
})
