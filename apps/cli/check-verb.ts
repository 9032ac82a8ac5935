import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { healthOfSchedule } from '../../capabilities/schedule/schedule.queries.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { Fault } from '../../kernel/fault.ts'
import { openPlan, setStatusDate } from './plan-on-file.ts'
import { runningServer } from './running-server.ts'
import type { Terminal } from './terminal.ts'

type Checked = Awaited<ReturnType<typeof healthOfSchedule.run>>

export const CHECK_USAGE =
  'check PLAN | --project ID [--limits FILE.json] [--baseline N] [--status-date DAY] [--json]'

/** `helmward check`: the fourteen points of a plan file, or of a project in the running server. */
export async function checkVerb(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      baseline: { type: 'string' },
      limits: { type: 'string' },
      'status-date': { type: 'string' },
      project: { type: 'string' },
      as: { type: 'string' },
    },
  })
  const [path] = positionals
  if (positionals.length > 1 || (path === undefined) === (values.project === undefined)) {
    throw new Fault('command.usage', `Say: helmward ${CHECK_USAGE}`, { given: positionals.length })
  }
  const how: How = {
    ...(values.baseline === undefined ? {} : { baseline: baselineNumber(values.baseline) }),
    ...(values.limits === undefined ? {} : { thresholds: await limitsOf(values.limits) }),
  }
  const checked =
    path === undefined
      ? await liveCheck({ project: values.project ?? '', ...how }, values.as)
      : await fileCheck(path, values['status-date'], how)
  terminal.print(values.json ? JSON.stringify(healthDocument(checked)) : healthText(checked))
  return 0
}

type How = { readonly baseline?: number; readonly thresholds?: object }

/** Limits from a JSON file, by the names that `schedule.health` gives them: `{ "lagsPercent": 10 }`. */
async function limitsOf(path: string): Promise<object> {
  const usage = 'Limits are a JSON file such as { "lagsPercent": 10 }.'
  try {
    const limits: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (typeof limits === 'object' && limits !== null && !Array.isArray(limits)) return limits
  } catch (error) {
    if (!(error instanceof SyntaxError))
      throw new Fault('file.unreadable', `${path} cannot be read.`, { path })
  }
  throw new Fault('command.usage', usage, { path })
}

function baselineNumber(text: string): number {
  if (/^(\d|10)$/.test(text)) return Number(text)
  throw new Fault('command.usage', 'A baseline is a number from 0 to 10.', { baseline: text })
}

async function fileCheck(path: string, status: string | undefined, how: How): Promise<Checked> {
  const plan = await openPlan(path)
  if (status !== undefined) await setStatusDate(plan, status)
  const input = { project: plan.project, ...how }
  return (await plan.ledger.ask(SYSTEM, 'schedule.health', input)) as Checked
}

async function liveCheck(input: { project: string } & How, as: string | undefined) {
  const server = await runningServer(process.env, 'cli', as ?? process.env.HELMWARD_AS)
  return (await server.get('/api/schedule.health', { input: JSON.stringify(input) })).body as Checked
}

/** The answer of `helmward check PLAN --json`: offenders are the uids of the file. */
export function healthDocument({ score, points }: Checked) {
  return {
    score,
    points: points.map(({ offenders, notApplicable, about: _about, ...said }) => ({
      ...said,
      ...(notApplicable === null ? {} : { notApplicable }),
      offenders: offenders.map(({ uid, id }) => uid ?? id),
    })),
  }
}

const MOST_NAMES = 5

function healthText({ score, points }: Checked): string {
  const lines = points.map((point) => {
    const mark = point.pass === null ? '-' : point.pass ? 'ok' : 'FAILS'
    const unit = point.unit === '%' ? ' %' : point.unit === 'days' ? ' d' : ''
    const measured =
      point.value === null
        ? (point.notApplicable ?? '')
        : `${point.value}${unit} (${point.better === 'less' ? 'at most' : 'at least'} ${point.threshold}${unit})`
    const names = point.pass === false ? point.offenders.slice(0, MOST_NAMES).map(({ name }) => name) : []
    const rest = point.pass === false ? point.offenders.length - names.length : 0
    const said = `${String(point.number).padStart(2)}  ${point.name.padEnd(28)} ${mark.padEnd(6)} ${measured}`
    return names.length === 0
      ? said
      : `${said}\n      ${names.join(' · ')}${rest > 0 ? ` and ${rest} more` : ''}`
  })
  return [
    `Schedule health: ${score ?? 'nothing to judge'}${score === null ? '' : ' of 100'}`,
    '',
    ...lines,
  ].join('\n')
}
