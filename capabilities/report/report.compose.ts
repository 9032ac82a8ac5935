import { formatDay, formatNumber, formatSlip } from '../../drawing/format.ts'
import { type ReportRow, reportGantt } from '../../drawing/gantt/report.ts'
import { svgOf } from '../../drawing/gantt/svg.ts'
import { minuteOf } from '../../kernel/day.ts'
import type { Read } from '../../kernel/ledger/tx.ts'
import type { Stored } from '../../kernel/record.ts'
import {
  type Block,
  bold,
  column,
  figure,
  heading,
  keepTogether,
  list,
  measured,
  notMeasured,
  numberColumn,
  type PaperDocument,
  paperDocument,
  paragraph,
  picture,
  ragRow,
  type Said,
  type Source,
  table,
  text,
  words,
} from '../../paper/blocks.ts'
import { Organisation, Person } from '../people/people.model.ts'
import { Project } from '../project/project.model.ts'
import { readBaseline } from '../schedule/schedule.rules/baseline.ts'
import { computePlan, taskViews } from '../schedule/schedule.rules/view.ts'
import type { ReportFacts } from './report.facts.ts'
import type { Report } from './report.model.ts'
import type { Rating } from './report.rules.ts'
import { trendBlocks } from './report.trend.ts'

/** Composes the status report: facts, each with its source, apart from the author's own words. */
export async function composeStatusReport(
  read: Read,
  report: Stored<typeof Report>,
  facts: ReportFacts,
  state: 'draft' | 'published',
): Promise<PaperDocument> {
  const about = await frontMatter(read, report, facts, state)
  const source = sourcesOf(facts)
  const blocks: Block[] = [
    ragRow(healthItems(facts, report, source)),
    heading('Summary'),
    summary(facts, source),
    ...authorBlocks(report, about.author.name),
    keepTogether(heading('Milestones', 2, milestoneNote(facts)), milestoneTable(facts, source)),
    ...(await trendBlocks(read, facts)),
    ...(await ganttBlocks(read, facts)),
    ...changeBlocks(facts, source),
    keepTogether(heading('Late tasks', 2, listNote(facts.late)), lateTable(facts, source)),
    keepTogether(heading('Critical tasks', 2, listNote(facts.critical)), criticalTable(facts, source)),
  ]
  return paperDocument(about, blocks)
}

async function frontMatter(
  read: Read,
  report: Stored<typeof Report>,
  facts: ReportFacts,
  state: 'draft' | 'published',
) {
  const project = await read.get(Project, facts.project.id)
  const persons = new Map((await read.all(Person)).map((person) => [person.id, person.name]))
  const own = (await read.all(Organisation)).find((row) => row.type === 'own')
  const author =
    (report.author && persons.get(report.author)) ?? (project.manager && persons.get(project.manager)) ?? ''
  const sponsor = project.sponsor && persons.get(project.sponsor)
  const period = `${dayText(report.from)} to ${dayText(report.to)}`
  return {
    title: project.name,
    subtitle: `Status report no.\u00A0${report.number}`,
    organisation: own?.name ?? '',
    language: 'en',
    author: {
      name: author === '' ? 'Helmward' : author,
      role: author === '' ? 'computed from the plan' : 'project manager',
    },
    audience: sponsor ? `Sponsor: ${sponsor}` : '',
    dateText: `status date ${dayText(report.to)} · period ${period}`,
    state,
    computed: { atText: `${dayText(facts.at.slice(0, 10))}, ${facts.at.slice(11, 16)} UTC`, seq: facts.seq },
  }
}

function dayText(day: string): string {
  return formatDay(minuteOf(`${day}T00:00:00`), { year: 'always' })
}

function timeText(time: string | null): string {
  return time === null ? '–' : formatDay(minuteOf(time), { year: 'always' })
}

type Sources = {
  readonly plan: (what: string, task?: string) => Source
  readonly health: Source
  readonly compare: (since: number) => Source
}

/** Where figures come from: the query that answered, what it was asked, at which change, and the page that shows it. */
function sourcesOf({ project, seq, statusDate, baseline }: ReportFacts): Sources {
  const page = `/projects/${project.id}/plan?asOf=${seq}`
  const agreed = baseline === null ? '' : `&baseline=${baseline}`
  return {
    plan: (what, task) => ({
      query: 'schedule.show',
      input: what,
      seq,
      href: `${page}${agreed}${task ? `&task=${task}` : ''}`,
    }),
    health: {
      query: 'report.status',
      input: `Schedule rule${baseline === null ? '' : ` against baseline ${baseline}`}, status date ${dayText(statusDate.slice(0, 10))}`,
      seq,
      href: `/projects/${project.id}/report?asOf=${seq}`,
    },
    compare: (since) => ({
      query: 'schedule.compare',
      input: `The plan now and after change ${since}`,
      seq,
      href: page,
    }),
  }
}

const DIMENSIONS = ['Cost', 'Scope', 'Risk', 'Issues', 'Quality', 'Resources', 'Compliance']

function healthItems(facts: ReportFacts, report: Stored<typeof Report>, source: Sources) {
  const { schedule, overall } = facts
  const own = report.words.rating
  const rule = own
    ? `Calculated ${word(overall.calculated)}, reported ${word(own.reported)}: ${own.reason}`
    : overall.rule || 'Follows the schedule, the only dimension measured so far.'
  const shown: Rating = own?.reported ?? overall.reported
  const trend = facts.changes ? trendText(facts.changes.number) : ''
  const items = [
    shown === 'notMeasured'
      ? notMeasured('Overall', rule)
      : measured({ dimension: 'Overall', rating: shown, rule, trend, source: source.health }),
    schedule.rating === 'notMeasured'
      ? notMeasured('Schedule', schedule.rule)
      : measured({
          dimension: 'Schedule',
          rating: schedule.rating,
          rule: schedule.rule,
          trend,
          source: source.health,
        }),
  ]
  return [...items, ...DIMENSIONS.map((name) => notMeasured(name))]
}

function trendText(number: number): string {
  return `against no.\u00A0${number}`
}

function word(rating: Rating): string {
  return rating === 'notMeasured' ? 'not measured' : rating
}

function summary({ finish, percentComplete, baseline, project }: ReportFacts, source: Sources): Block {
  if (finish.forecast === null) return paragraph('The plan has no tasks yet.')
  const slip =
    finish.slipMinutes === null ? '' : `${formatSlip(finish.slipMinutes, project.minutesPerDay)} working days`
  const agreed =
    finish.baseline === null || finish.slipMinutes === null
      ? []
      : [
          ', ',
          figure(
            finish.slipMinutes === 0 ? 'as agreed' : slip,
            source.plan(`Working days between the end in baseline ${baseline} and now`),
          ),
          ` against ${timeText(finish.baseline)} in baseline ${baseline}`,
        ]
  return paragraph(
    'The plan ends on ',
    figure(timeText(finish.forecast), source.plan('Latest finish of all tasks'), { bold: true }),
    ...agreed,
    '. ',
    figure(`${percentComplete} %`, source.plan('Finished duration over all duration of tasks')),
    ' of the planned duration is done.',
  )
}

function authorBlocks({ words: said, writtenAt }: Stored<typeof Report>, author: string): Block[] {
  const paragraphs = [said.summary, said.outlook && `Next: ${said.outlook}`]
    .flatMap((part) => (part ? part.split(/\n\s*\n/) : []))
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (paragraphs.length === 0) return []
  return [words(author, writtenAt ? dayText(writtenAt.slice(0, 10)) : '', paragraphs)]
}

const MOST_MILESTONES = 12

/** Open milestones before done ones: those are what a reader decides about. */
function shownMilestones({ milestones }: ReportFacts) {
  if (milestones.length <= MOST_MILESTONES) return milestones
  const open = milestones.filter(({ done }) => !done).slice(0, MOST_MILESTONES)
  const done = milestones
    .filter((milestone) => milestone.done)
    .slice(open.length - MOST_MILESTONES || milestones.length)
  return [...done, ...open].sort((a, b) => a.forecast.localeCompare(b.forecast))
}

function milestoneNote(facts: ReportFacts): string {
  const shown = shownMilestones(facts).length
  return shown < facts.milestones.length ? `${shown} of ${facts.milestones.length}` : ''
}

function milestoneTable(facts: ReportFacts, source: Sources): Block {
  const { minutesPerDay } = facts.project
  const agreed = facts.baseline === null ? 'Baseline' : `Baseline ${facts.baseline}`
  return table(
    'Milestones against the baseline',
    [
      column('Milestone', 4),
      numberColumn(agreed),
      numberColumn('Forecast'),
      numberColumn('Slip', 'working days'),
    ],
    shownMilestones(facts).map(({ id, name, baseline, forecast, slipMinutes, done }) => [
      done ? [`${name} `, text('done', 'good')] : name,
      timeText(baseline),
      figure(timeText(forecast), source.plan('Dates of the milestones'), { bold: !done }),
      slipMinutes === null || id === ''
        ? '–'
        : text(formatSlip(slipMinutes, minutesPerDay), slipMinutes > 0 ? 'bad' : 'plain'),
    ]),
    { empty: 'The plan has no milestones.' },
  )
}

function changeBlocks({ changes, project }: ReportFacts, source: Sources): Block[] {
  if (!changes)
    return [heading('What changed'), paragraph('This is the first report: there is nothing to compare with.')]
  const { finish, milestones, moved, added, removed, number, seq } = changes
  const from = source.compare(seq)
  const items: Said[] = [
    [
      'The end moved by ',
      figure(`${formatSlip(finish.slipMinutes, project.minutesPerDay)} working days`, from),
      finish.before === null ? '' : `, from ${timeText(finish.before)} to ${timeText(finish.now)}`,
      '.',
    ],
    [
      figure(formatNumber(moved), from),
      ` tasks finish on another day, ${formatNumber(added)} were added and ${formatNumber(removed)} taken out.`,
    ],
    ...milestones
      .slice(0, 8)
      .map(
        (milestone): Said => [
          `${milestone.name}: ${timeText(milestone.before.finish)} → `,
          bold(timeText(milestone.now.finish)),
          ` (${formatSlip(milestone.finishSlipMinutes, project.minutesPerDay)} d)`,
        ],
      ),
  ]
  return [keepTogether(heading('What changed', 2, `since no.\u00A0${number}`), list(items))]
}

const MOST_BARS = 15
const FEWEST_BARS = 3

/** The open critical path; the first level of the plan where there is none to speak of. */
async function ganttBlocks(read: Read, facts: ReportFacts): Promise<Block[]> {
  const computed = await computePlan(read, facts.project.id)
  const lines =
    facts.baseline === null ? undefined : await readBaseline(read, facts.project.id, facts.baseline)
  const lineOf = new Map((lines?.tasks ?? []).map((line) => [line.id, line]))
  const slipOf = new Map(facts.milestones.map(({ id, slipMinutes }) => [id, slipMinutes]))
  const views = taskViews(computed).filter((task) => !task.blank && task.active)
  const open = views.filter((task) => task.percentComplete < 100)
  const path = open.filter((task) => task.critical && !task.summary)
  const chosen = (path.length >= FEWEST_BARS ? path : views.filter((task) => task.level === 1)).slice(
    0,
    MOST_BARS,
  )
  if (chosen.length === 0) return []
  const rows: ReportRow[] = chosen.map((task) => {
    const line = lineOf.get(task.id)
    return {
      id: task.id,
      name: task.name,
      startMinute: minuteOf(task.start),
      finishMinute: minuteOf(task.finish),
      summary: task.summary,
      milestone: task.milestone,
      critical: task.critical,
      percentComplete: task.percentComplete,
      baselineStartMinute: line?.start === undefined ? null : minuteOf(line.start),
      baselineFinishMinute: line?.finish === undefined ? null : minuteOf(line.finish),
      slipMinutes: task.milestone ? (slipOf.get(task.id) ?? null) : null,
    }
  })
  const drawing = reportGantt({
    rows,
    widthPx: 680,
    minutesPerDay: facts.project.minutesPerDay,
    statusMinute: minuteOf(facts.statusDate),
  })
  const alt = `Gantt chart of ${rows.length} rows: the plan ends on ${timeText(facts.finish.forecast)}, ${facts.critical.count} tasks are critical.`
  const note =
    facts.baseline === null
      ? 'red: critical · darker: done'
      : `red: critical · grey: baseline ${facts.baseline} · darker: done`
  return [
    keepTogether(
      heading(path.length >= FEWEST_BARS ? 'Critical path' : 'Plan', 2, note),
      picture(svgOf(drawing, { ground: 'print', title: alt, idPrefix: 'plan' }), alt),
    ),
  ]
}

function listNote({ count, tasks }: { count: number; tasks: readonly unknown[] }): string {
  return tasks.length < count ? `${tasks.length} of ${count}` : ''
}

function lateTable({ late, project, statusDate }: ReportFacts, source: Sources): Block {
  return table(
    'Late tasks',
    [
      column('Task', 4),
      column('Who', 2),
      numberColumn('Agreed'),
      numberColumn('Forecast'),
      numberColumn('Late', 'working days'),
    ],
    late.tasks.map(({ wbs, name, resources, baseline, forecast, slipMinutes }) => [
      `${wbs} ${name}`,
      resources,
      timeText(baseline),
      figure(timeText(forecast), source.plan('Open tasks whose agreed finish has passed')),
      text(formatSlip(slipMinutes, project.minutesPerDay), 'bad'),
    ]),
    { empty: `No open task should have been finished by ${timeText(statusDate)}.` },
  )
}

function criticalTable({ critical }: ReportFacts, source: Sources): Block {
  return table(
    'Critical tasks',
    [
      column('Task', 4),
      column('Who', 2),
      numberColumn('Start'),
      numberColumn('Finish'),
      numberColumn('Done', '%'),
    ],
    critical.tasks.map(({ wbs, name, resources, start, finish, percentComplete }) => [
      `${wbs} ${name}`,
      resources,
      timeText(start),
      figure(timeText(finish), source.plan('Open tasks without slack')),
      formatNumber(percentComplete, 0),
    ]),
    { empty: 'No open task is critical.' },
  )
}
