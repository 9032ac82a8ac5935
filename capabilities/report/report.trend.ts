import { svgOf } from '../../drawing/gantt/svg.ts'
import { drawTrend } from '../../drawing/trend/trend.ts'
import type { Read } from '../../kernel/ledger/tx.ts'
import { type Block, figure, heading, keepTogether, paragraph, picture } from '../../paper/blocks.ts'
import { milestoneTrend } from '../schedule/schedule.rules/trend.ts'
import { openingLines, trendLine } from '../schedule/schedule.rules/trend-lines.ts'
import type { ReportFacts } from './report.facts.ts'

const FEWEST_DAYS = 3
const PICTURE = { widthPx: 680, heightPx: 300 }

/** How the forecasts of the milestones have moved from week to week; nothing before there are three reporting days. */
export async function trendBlocks(read: Read, facts: ReportFacts): Promise<Block[]> {
  const { project, seq, baseline } = facts
  const agreed = baseline === null ? {} : { baseline }
  const trend = await milestoneTrend(read, { project: project.id, everyWeeks: 1, ...agreed })
  if (trend.days.length < FEWEST_DAYS || trend.milestones.length === 1) return []
  const shown = openingLines(trend)
  const lines = trend.milestones.filter(({ id }) => shown.has(id)).map((each) => trendLine(trend, each))
  const drawing = drawTrend({ lines, ...PICTURE, minutesPerDay: project.minutesPerDay })
  const alt = `Milestone trend chart. ${trend.text}`
  const source = {
    query: 'schedule.trend',
    input: `${trend.days.length} reporting days since ${trend.days[0]?.day}`,
    seq,
    href: `/projects/${project.id}/milestones?asOf=${seq}`,
  }
  return [
    keepTogether(
      heading(
        'Milestone trend',
        2,
        'right: reporting day · up: forecast · hollow: baseline · dashed: reached',
      ),
      picture(svgOf(drawing, { ground: 'print', title: alt, idPrefix: 'trend' }), alt),
      paragraph(figure(trend.text, source)),
    ),
  ]
}
