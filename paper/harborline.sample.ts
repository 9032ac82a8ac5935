import {
  bold,
  column,
  columns,
  figure,
  heading,
  keepTogether,
  kpi,
  kpiRow,
  list,
  measured,
  notMeasured,
  numberColumn,
  type PaperDocument,
  paperDocument,
  paragraph,
  picture,
  ragRow,
  rating,
  type Source,
  table,
  text,
  words,
} from './blocks.ts'

// A status report of an invented project, with every kind of block: what the tests of all renderers print.

export const goLive: Source = {
  query: 'schedule.show',
  input: 'Early finish of 8.4 Go-live on the live plan',
  seq: 48127,
  href: '/erp/plan/8.4?at=48127',
}

export const health: Source = {
  query: 'report.health',
  input: 'Schedule rule against baseline 3, status date 20 Nov 2026',
  seq: 48127,
  href: '/erp/health?at=48127',
}

const cost: Source = {
  query: 'cost.value',
  input: 'Earned by weighted milestones; actuals to 20 Nov',
  seq: 48127,
  href: '/erp/cost?at=48127',
}

const chart = `<svg viewBox="0 0 340 60" width="340" height="60"><g font-size="11"><text x="0" y="20" fill="var(--ink)">Go-live</text>
<rect x="80" y="10" width="120" height="12" rx="2.5" fill="var(--crit)"/><path d="M0 40H340" stroke="var(--grid)"/></g></svg>`

const about: Omit<PaperDocument, 'blocks'> = {
  title: 'ERP: finance to a cloud suite',
  subtitle: 'Status report no. 9',
  organisation: 'Harborline Mutual',
  language: 'en-GB',
  author: { name: 'Maya Okafor', role: 'project manager' },
  audience: 'Sponsor: Helen Strand',
  dateText: 'status date 20 November 2026',
  state: 'draft',
  computed: { atText: '23 Nov 2026, 08:02', seq: 48127 },
}

/** The report of Harborline Mutual's ERP project, status date 20 November 2026. */
export function harborlineReport(): PaperDocument {
  const red = 'Go-live, a key milestone, is more than 10 working days late.'
  return paperDocument(about, [
    ragRow([
      measured({ dimension: 'Schedule', rating: 'red', rule: red, trend: 'as before', source: health }),
      notMeasured('Cost'),
    ]),
    heading('Summary'),
    paragraph(
      'Go-live is forecast for ',
      figure('22 April 2027', goLive, { bold: true }),
      ', 15 working days late.',
    ),
    kpiRow([kpi('Budget', '4.20', cost), kpi('Variance', '−0.55', cost, 'bad')], 'million USD'),
    columns(
      [1, 1],
      [
        heading('Milestones'),
        table(
          'Milestones against baseline 3',
          [column('Milestone'), numberColumn('Baseline 3'), numberColumn('Slip', 'd')],
          [
            ['Design baselined', '4 Sep 26', text('+4', 'bad')],
            [['Go-live ', rating('red')], bold('1 Apr 27'), text('+15', 'bad')],
          ],
        ),
      ],
      [heading('Critical path'), picture(chart, 'Gantt chart: go-live on 22 April 2027', 'Red is critical.')],
    ),
    words('Maya Okafor', '20 Nov 2026', ['I expect the package on 1 December.']),
    keepTogether(
      heading('What changed'),
      list(['Acceptance test moved.', ['Go-live: ', figure('+15 d', goLive)]]),
    ),
  ])
}

/** The same report with other blocks, for tests that need one thing only. */
export function harborlineWith(...blocks: PaperDocument['blocks']): PaperDocument {
  return paperDocument(about, blocks)
}
