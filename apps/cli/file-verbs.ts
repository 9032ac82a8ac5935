import { writeFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { parseArgs } from 'node:util'
import { statusReport } from '../../capabilities/report/report.documents.ts'
import type { showSchedule } from '../../capabilities/schedule/schedule.queries.ts'
import { outline } from '../../capabilities/schedule/schedule.rules/outline.ts'
import { buildPlan, readPlan as readRows } from '../../capabilities/schedule/schedule.rules/plan.ts'
import { schedule } from '../../engine/schedule.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { Fault } from '../../kernel/fault.ts'
import { createPrinter } from '../server/printer.ts'
import { machine } from '../server/world.ts'
import { CHECK_USAGE, checkVerb } from './check-verb.ts'
import { CONVERT_USAGE, convertVerb } from './convert-verb.ts'
import { LEVEL_USAGE, levelVerb } from './level-verb.ts'
import { openPlan, type PlanOnFile, setStatusDate } from './plan-on-file.ts'
import { runningServer } from './running-server.ts'
import { scheduleDocument } from './schedule-document.ts'
import type { Terminal } from './terminal.ts'

type Shown = Awaited<ReturnType<typeof showSchedule.run>>

/** Commands that work on files alone, without server or database: `schedule`, `check`, `level`, `convert`, `report`. */
export const FILE_VERBS = {
  schedule: {
    usage: 'schedule PLAN | --project ID [--status-date DAY] [--json]',
    about: 'calculate a plan and show its dates',
    run: scheduleVerb,
  },
  check: {
    usage: CHECK_USAGE,
    about: 'check whether a plan can be believed, by fourteen points',
    run: checkVerb,
  },
  level: {
    usage: LEVEL_USAGE,
    about: 'delay tasks until nobody is over-allocated, with the reason for each',
    run: levelVerb,
  },
  report: {
    usage: 'report status PLAN --out FILE.(pdf|html) [--status-date DAY]',
    about: 'write the status report of a plan',
    run: reportVerb,
  },
  convert: {
    usage: CONVERT_USAGE,
    about: 'write a plan in another format, by the ending of the name',
    run: convertVerb,
  },
} as const

async function scheduleVerb(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      'status-date': { type: 'string' },
      project: { type: 'string' },
      as: { type: 'string' },
    },
  })
  const document =
    values.project === undefined
      ? await fileDocument(positionals, values['status-date'])
      : await liveDocument(values.project, values.as)
  terminal.print(values.json ? JSON.stringify(document) : table(document))
  return 0
}

/** The plan of a project in the running server, in the same shape. */
async function liveDocument(project: string, as: string | undefined) {
  const server = await runningServer(process.env, 'cli', as ?? process.env.HELMWARD_AS)
  const begun = performance.now()
  const { body } = await server.get('/api/schedule.show', { project, drivers: 'true' })
  return scheduleDocument(body as Shown, Math.round(performance.now() - begun))
}

async function fileDocument(positionals: readonly string[], status: string | undefined) {
  const plan = await openPlan(onlyPath(positionals, 'schedule PLAN | --project ID'))
  if (status !== undefined) await setStatusDate(plan, status)
  const shown = await show(plan)
  const ms = await medianMs(plan)
  return scheduleDocument(shown, ms)
}

function onlyPath(positionals: readonly string[], usage: string): string {
  const [path] = positionals
  if (path === undefined || positionals.length > 1) {
    throw new Fault('command.usage', `Say: helmward ${usage}`, { given: positionals.length })
  }
  return path
}

async function show({ ledger, project }: PlanOnFile): Promise<Shown> {
  return (await ledger.ask(SYSTEM, 'schedule.show', { project, drivers: true })) as Shown
}

const WARM_UPS = 3
const COUNTED_RUNS = 5

/** Median time from the engine's plan to all results, network built anew each time. */
async function medianMs({ ledger, project }: PlanOnFile): Promise<number> {
  const rows = await ledger.read(SYSTEM, (read) => readRows(read, project))
  const plan = buildPlan(rows, outline(rows.tasks))
  const times: number[] = []
  for (let run = 0; run < WARM_UPS + COUNTED_RUNS; run += 1) {
    const begun = performance.now()
    schedule(plan)
    if (run >= WARM_UPS) times.push(performance.now() - begun)
  }
  const middle = times.sort((a, b) => a - b)[Math.floor(COUNTED_RUNS / 2)] ?? 0
  return Math.round(middle * 1000) / 1000
}

function table({ project, tasks, warnings }: ReturnType<typeof scheduleDocument>): string {
  const lines = tasks.map((task) => {
    const name = `${'  '.repeat(task.wbs.split('.').length - 1)}${task.name}`.slice(0, 48).padEnd(48)
    const days = `${Math.round((task.durationMinutes / project.minutesPerDay) * 10) / 10} d`.padStart(8)
    return `${task.wbs.padEnd(10)} ${name} ${days}  ${task.start.slice(0, 16)}  ${task.finish.slice(0, 16)} ${task.critical ? ' critical' : ''}`
  })
  const head = `${project.name}: ${project.start.slice(0, 10)} to ${project.finish.slice(0, 10)}, ${tasks.length} tasks`
  return [
    head,
    '',
    ...lines,
    ...(warnings.length > 0 ? ['', ...warnings.map(({ text }) => `! ${text}`)] : []),
  ].join('\n')
}

async function reportVerb(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' }, 'status-date': { type: 'string' }, json: { type: 'boolean' } },
  })
  const [which, path] = positionals
  const { out } = values
  if (which !== 'status' || path === undefined || out === undefined || positionals.length > 2) {
    throw new Fault('command.usage', `Say: helmward ${FILE_VERBS.report.usage}`, {})
  }
  const format = extname(out).slice(1).toLowerCase()
  if (format !== 'pdf' && format !== 'html') {
    throw new Fault(
      'file.format',
      `"${basename(out)}" has an ending that cannot be printed. Known: .pdf, .html.`,
      { known: ['pdf', 'html'] },
    )
  }
  const plan = await openPlan(path)
  const document = await statusReportOf(plan, values['status-date'])
  const printer = createPrinter()
  try {
    const bytes = await printer.print(document, format)
    await writeFile(out, bytes)
    terminal.print(
      values.json ? JSON.stringify({ written: out, bytes: bytes.length }) : `${basename(out)} written.`,
    )
  } finally {
    await printer.close()
  }
  return 0
}

/** Drafts a report on the plan's own status date, on the day given, or on today, and composes it. */
async function statusReportOf(
  { ledger, project, file }: PlanOnFile,
  day: string | undefined,
): Promise<unknown> {
  const report = machine.newId()
  const to =
    day ?? file.project.statusDate?.slice(0, 10) ?? new Date(machine.clock()).toISOString().slice(0, 10)
  await ledger.perform({
    actor: SYSTEM,
    via: 'cli',
    action: 'report.draft',
    input: { id: report, project, to },
  })
  return ledger.read(SYSTEM, (read) => statusReport.compose(read, { report }))
}
