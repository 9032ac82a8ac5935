import { minuteOf } from '../../drawing/civil.ts'
import type { GanttLink } from '../../drawing/gantt/layout.ts'
import type { PlanRow } from '../../ui/gantt/outline.ts'

export const todayMinute = minuteOf(2026, 11, 23) + 480

const at = (text: string, hour: number) => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return minuteOf(year, month, day) + hour * 60
}

type Told = [
  depth: number,
  number: number,
  wbs: string,
  name: string,
  days: number,
  start: string,
  finish: string,
]
type More = { slip: number; slack: number; percent: number; base?: [string, string]; label?: string }

function told(
  [depth, number, wbs, name, days, start, finish]: Told,
  more: More,
  kind: Partial<PlanRow> = {},
): PlanRow {
  const milestone = days === 0
  return {
    id: `t${number}`,
    depth,
    number,
    wbs,
    name,
    durationMinutes: days * 480,
    startMinute: at(start, milestone ? 17 : 8),
    finishMinute: at(finish, 17),
    summary: false,
    milestone,
    percentComplete: more.percent,
    critical: more.slack === 0,
    slipMinutes: more.slip * 480,
    totalSlackMinutes: more.slack * 480,
    label: more.label,
    resources: more.label,
    baselineStartMinute: more.base ? at(more.base[0], milestone ? 17 : 8) : null,
    baselineFinishMinute: more.base ? at(more.base[1], 17) : null,
    ...kind,
  }
}

const sum = { summary: true }

/** The plan of the pictures: what the slipping ERP programme of Harborline Mutual looks like from 23 November 2026. */
export const harborline: readonly PlanRow[] = [
  told(
    [0, 1, '', 'ERP · Finance to a cloud suite', 328, '2026-03-02', '2027-06-17'],
    { slip: 15, slack: 0, percent: 47 },
    sum,
  ),
  told([1, 61, '4', 'Configure', 68, '2026-09-14', '2026-12-18'], { slip: 0, slack: 31, percent: 81 }, sum),
  ...Array.from({ length: 27 }, (_, index) =>
    told([2, 62 + index, `4.${index + 1}`, `Configure ledger ${index + 1}`, 10, '2026-09-14', '2026-09-25'], {
      slip: 0,
      slack: 31,
      percent: 81,
    }),
  ),
  told([1, 89, '5', 'Interfaces', 126, '2026-06-29', '2026-12-29'], { slip: 15, slack: 0, percent: 71 }, sum),
  told([2, 97, '5.2', 'Build 14 interfaces', 55, '2026-09-14', '2026-12-01'], {
    slip: 15,
    slack: 0,
    percent: 79,
    base: ['2026-08-24', '2026-11-06'],
    label: 'Brightwater',
  }),
  told(
    [2, 98, '5.3', 'Interface package delivered', 0, '2026-12-01', '2026-12-01'],
    { slip: 15, slack: 0, percent: 0, base: ['2026-11-06', '2026-11-06'], label: 'Brightwater' },
    { deadlineMinute: at('2026-11-13', 17) },
  ),
  told([2, 99, '5.4', 'Install and smoke test', 5, '2026-12-02', '2026-12-08'], {
    slip: 15,
    slack: 0,
    percent: 0,
    base: ['2026-11-09', '2026-11-13'],
    label: 'Lars Eklund',
  }),
  told([2, 100, '5.5', 'Certify payment files with bank', 18, '2026-12-02', '2026-12-29'], {
    slip: 15,
    slack: 47,
    percent: 0,
    base: ['2026-11-09', '2026-12-04'],
    label: 'Joan Pereira',
  }),
  told(
    [1, 104, '6', 'Data migration', 63, '2026-10-05', '2027-01-06'],
    { slip: 0, slack: 17, percent: 52 },
    sum,
  ),
  told([2, 121, '6.2', 'Trial load 2', 19, '2026-11-16', '2026-12-11'], {
    slip: 0,
    slack: 17,
    percent: 35,
    base: ['2026-11-16', '2026-12-11'],
    label: 'Priya Raman',
  }),
  told([2, 126, '6.3', 'Reconcile trial load 2', 15, '2026-12-14', '2027-01-06'], {
    slip: 0,
    slack: 17,
    percent: 0,
    base: ['2026-12-14', '2027-01-06'],
    label: 'Wei Zhang',
  }),
  told([1, 131, '7', 'Test', 80, '2026-12-09', '2027-04-06'], { slip: 15, slack: 0, percent: 0 }, sum),
  told([2, 132, '7.1', 'System integration test 1', 20, '2026-12-09', '2027-01-08'], {
    slip: 15,
    slack: 0,
    percent: 0,
    base: ['2026-11-16', '2026-12-15'],
    label: 'Dana Whitlock',
  }),
  told([2, 141, '7.2', 'System integration test 2', 15, '2027-01-11', '2027-02-01'], {
    slip: 15,
    slack: 0,
    percent: 0,
    base: ['2026-12-16', '2027-01-08'],
    label: 'Dana Whitlock',
  }),
  told([2, 149, '7.3', 'Load test at month-end volume', 10, '2027-01-11', '2027-01-25'], {
    slip: 15,
    slack: 30,
    percent: 0,
    base: ['2026-12-16', '2026-12-31'],
    label: 'Priya Raman',
  }),
  told([2, 155, '7.4', 'User acceptance test', 25, '2027-02-02', '2027-03-09'], {
    slip: 15,
    slack: 0,
    percent: 0,
    base: ['2027-01-11', '2027-02-16'],
    label: 'Ruth Abara',
  }),
  told([2, 163, '7.5', 'Parallel close, one period', 20, '2027-03-10', '2027-04-06'], {
    slip: 15,
    slack: 0,
    percent: 0,
    base: ['2027-02-17', '2027-03-16'],
    label: 'Joan Pereira',
  }),
  told(
    [1, 171, '8', 'Cut-over and go-live', 51, '2027-04-07', '2027-06-17'],
    { slip: 15, slack: 0, percent: 0 },
    sum,
  ),
  told([2, 172, '8.1', 'Cut-over rehearsal', 5, '2027-04-07', '2027-04-13'], {
    slip: 15,
    slack: 0,
    percent: 0,
    base: ['2027-03-17', '2027-03-23'],
    label: 'Wei Zhang',
  }),
  told([2, 174, '8.2', 'Go / no-go review', 2, '2027-04-14', '2027-04-15'], {
    slip: 15,
    slack: 0,
    percent: 0,
    base: ['2027-03-24', '2027-03-25'],
    label: 'Helen Strand',
  }),
  told([2, 176, '8.3', 'Cut-over and final load', 4, '2027-04-16', '2027-04-21'], {
    slip: 15,
    slack: 0,
    percent: 0,
    base: ['2027-03-26', '2027-03-31'],
    label: 'Wei Zhang',
  }),
  told(
    [2, 178, '8.4', 'Go-live', 0, '2027-04-22', '2027-04-22'],
    { slip: 15, slack: 0, percent: 0, base: ['2027-04-01', '2027-04-01'], label: 'Go-live' },
    { forecast: { p50Minute: at('2027-05-05', 17), p80Minute: at('2027-05-14', 17) } },
  ),
  told(
    [2, 180, '8.5', 'Hypercare, by hand', 39, '2027-04-23', '2027-06-17'],
    { slip: 15, slack: 4, percent: 0, label: 'Wei Zhang' },
    { manual: true },
  ),
  told(
    [2, 181, '8.6', 'Second rehearsal, dropped', 5, '2027-04-07', '2027-04-13'],
    { slip: 0, slack: 40, percent: 0 },
    { inactive: true },
  ),
]

export const harborlineLinks: readonly GanttLink[] = [
  ['t97', 't98'],
  ['t98', 't99'],
  ['t98', 't100'],
  ['t99', 't132'],
  ['t121', 't126'],
  ['t132', 't141'],
  ['t132', 't149'],
  ['t100', 't155'],
  ['t126', 't155'],
  ['t141', 't155'],
  ['t149', 't163'],
  ['t155', 't163'],
  ['t163', 't172'],
  ['t172', 't174'],
  ['t174', 't176'],
  ['t176', 't178'],
].map(([from = '', to = '']) => ({ from, to, type: 'fs' }))

const people = [
  'Priya Raman',
  'Lars Eklund',
  'Dana Whitlock',
  'Joan Pereira',
  'Wei Zhang',
  'Ruth Abara',
  'Brightwater',
]
const verbs = ['Design', 'Build', 'Review', 'Test', 'Migrate', 'Document', 'Accept', 'Train', 'Configure']
const things = [
  'ledger',
  'payables',
  'interfaces',
  'tax engine',
  'reports',
  'archive',
  'identity',
  'bank files',
  'print',
]

/** A plan of `count` rows in phases of 100 and packages of ten, the same every time. */
export function largePlan(count: number): { rows: PlanRow[]; links: GanttLink[] } {
  const rows: PlanRow[] = []
  const links: GanttLink[] = []
  for (let index = 0; index < count; index += 1) {
    const depth = index === 0 ? 0 : index % 100 === 1 ? 1 : index % 10 === 1 ? 2 : 3
    rows.push(largeRow(index, depth))
    if (depth === 3 && index % 10 !== 2) links.push({ from: `t${index - 1}`, to: `t${index}`, type: 'fs' })
    if (depth === 3 && index % 10 === 2 && index > 20)
      links.push({ from: `t${index - 2}`, to: `t${index}`, type: index % 20 === 2 ? 'fs' : 'ss' })
    if (depth === 3 && index % 37 === 0 && index > 300)
      links.push({ from: `t${index - 7 * (index % 11) - 6}`, to: `t${index}`, type: 'fs' })
  }
  return { rows, links: links.filter(({ from, to }) => from !== to) }
}

function largeRow(index: number, depth: number): PlanRow {
  const seed = (index * 2654435761) % 1009
  const length = depth === 0 ? 200 : depth === 1 ? 150 : depth === 2 ? 30 : 4 + (seed % 22)
  // Everything lies within some 30 weeks around today, so that every row in sight has its bar and links in sight.
  const first =
    Math.floor(minuteOf(2026, 10, 28) / 1440) +
    (Math.floor(index / 100) % 5) * 5 +
    Math.floor((index % 100) * 1.5)
  const milestone = depth === 3 && index % 10 === 0
  const critical = seed % 4 === 0
  const finishMinute = (first + (milestone ? 0 : length)) * 1440 + 1020
  const slip = seed % 7
  return {
    id: `t${index}`,
    depth,
    number: index + 1,
    wbs: String(index),
    name:
      depth === 0 ? 'Programme of 10,000 tasks' : `${verbs[seed % 9]} ${things[(seed >> 3) % 9]} ${index}`,
    startMinute: milestone ? finishMinute : first * 1440 + 480,
    finishMinute,
    durationMinutes: milestone ? 0 : length * 480,
    summary: depth < 3,
    milestone,
    percentComplete: milestone ? 0 : Math.min(seed % 140, 100),
    critical: critical && depth === 3,
    slipMinutes: slip * 480,
    totalSlackMinutes: critical ? 0 : (seed % 60) * 480,
    label: depth === 3 ? people[seed % 7] : undefined,
    baselineStartMinute: (first - slip) * 1440 + (milestone ? 1020 : 480),
    baselineFinishMinute: finishMinute - slip * 1440,
  }
}
