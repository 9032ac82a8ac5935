import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { parseArgs } from 'node:util'
import type { previewLevelling } from '../../capabilities/schedule/schedule.actions/level.ts'
import type { showSchedule } from '../../capabilities/schedule/schedule.queries.ts'
import type { LevelAnswer, LevelProgress } from '../../engine/levelling/level.ts'
import { readPsplib } from '../../exchange/psplib/read-psplib.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { Fault } from '../../kernel/fault.ts'
import { type LevelBudget, levelOnThreads } from './level-threads.ts'
import { openPlan } from './plan-on-file.ts'
import { scheduleDocument } from './schedule-document.ts'
import type { Terminal } from './terminal.ts'

type Previewed = Awaited<ReturnType<typeof previewLevelling.run>>
type Shown = Awaited<ReturnType<typeof showSchedule.run>>

export const LEVEL_USAGE =
  'level PLAN|X.sm|X.rcp [--schedules N | --seconds S] [--seed N] [--split] [--within-slack] [--threads N] [--json]'

const MOST_THREADS = 64

/** `helmward level`: a plan without over-allocation, or a short schedule of a PSPLIB or Patterson problem. */
export async function levelVerb(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      schedules: { type: 'string' },
      seconds: { type: 'string' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      split: { type: 'boolean' },
      'within-slack': { type: 'boolean' },
    },
  })
  const [path] = positionals
  if (path === undefined || positionals.length > 1) {
    throw new Fault('command.usage', `Say: helmward ${LEVEL_USAGE}`, { given: positionals.length })
  }
  const budget = {
    seed: number('seed', values.seed) ?? 1,
    schedules: number('schedules', values.schedules),
    seconds: number('seconds', values.seconds),
  }
  const threads = number('threads', values.threads) ?? 1
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS) {
    throw new Fault('command.usage', `--threads is a whole number from 1 to ${MOST_THREADS}.`, { threads })
  }
  const isProblem = ['.sm', '.rcp'].includes(extname(path).toLowerCase())
  const document = isProblem
    ? await levelProblem(path, budget, { threads, ...(values.json ? {} : { watchedAt: terminal }) })
    : await levelPlanFile(path, budget, {
        splitting: values.split ?? false,
        room: values['within-slack'] ? 'withinSlack' : 'extend',
      })
  terminal.print(values.json ? JSON.stringify(document) : said(document))
  return 0
}

function number(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new Fault('command.usage', `--${name} is a number, not "${text}".`, { [name]: text })
  }
  return value
}

type Watch = { readonly threads: number; readonly watchedAt?: Terminal }

async function levelProblem(path: string, budget: LevelBudget, { threads, watchedAt }: Watch) {
  const problem = readPsplib(await text(path))
  if ('refused' in problem) throw refusal(basename(path), problem.refused)
  const begun = performance.now()
  const watch = watchedAt?.isForPeople ? watching(watchedAt) : undefined
  const answer = await levelOnThreads(problem, budget, threads, watch?.onlooker)
  watch?.end()
  if ('refused' in answer) throw refusal(basename(path), answer.refused)
  return { ...answer, ms: Math.round(performance.now() - begun) }
}

/** Tells people how far the search is; Ctrl+C takes the best so far. */
function watching(terminal: Terminal) {
  const enough = new AbortController()
  const stop = () => enough.abort()
  process.once('SIGINT', stop)
  const onProgress = ({ makespan, lowerBound, schedules }: LevelProgress) => {
    const gap = ((makespan - lowerBound) / Math.max(1, lowerBound)) * 100
    terminal.error(
      `Best so far ${makespan}, no less than ${lowerBound} (gap ${gap.toFixed(1)} %), ${schedules} schedules. Ctrl+C takes it.`,
    )
  }
  return {
    onlooker: { onProgress, signal: enough.signal },
    end: () => void process.removeListener('SIGINT', stop),
  }
}

async function text(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1')
  } catch {
    throw new Fault('file.missing', `There is no file "${path}".`, { path })
  }
}

function refusal(
  name: string,
  { code, facts }: { code: string; facts: Readonly<Record<string, unknown>> },
): Fault {
  return new Fault(code, `"${name}" cannot be levelled (${code}).`, facts)
}

type Way = { readonly splitting: boolean; readonly room: 'extend' | 'withinSlack' }

async function levelPlanFile(path: string, { seed, schedules }: LevelBudget, way: Way) {
  const { ledger, project } = await openPlan(path)
  const begun = performance.now()
  const how = { project, seed, ...way, ...(schedules === undefined ? {} : { schedules }) }
  const preview = (await ledger.ask(SYSTEM, 'schedule.levelPreview', how)) as Previewed
  if (preview.moves.length > 0) {
    await ledger.perform({ actor: SYSTEM, via: 'cli', action: 'schedule.level', input: how })
  }
  const shown = (await ledger.ask(SYSTEM, 'schedule.show', { project, drivers: true })) as Shown
  const ms = Math.round(performance.now() - begun)
  return {
    finishBefore: preview.finishBefore,
    finishAfter: preview.finishAfter,
    finishBound: preview.projects[0]?.finishBound ?? preview.finishUnlimited,
    moves: preview.moves.map(({ uid, from, to, delayMinutes, why }) => ({
      uid,
      from,
      to,
      delayMinutes,
      why,
    })),
    overloads: preview.overloads.map(({ name, from, to }) => ({ resource: name, from, to })),
    tasks: scheduleDocument(shown, ms).tasks,
    ms,
  }
}

function said(document: (LevelAnswer & { ms: number }) | Awaited<ReturnType<typeof levelPlanFile>>): string {
  if ('makespan' in document) {
    const { makespan, lowerBound, proven, schedules, ms } = document
    const certainty = proven ? 'proven shortest' : `at least ${lowerBound}`
    return `Makespan ${makespan} (${certainty}), ${schedules} schedules in ${ms} ms.`
  }
  const { finishBefore, finishAfter, moves, overloads } = document
  const head = `Finish ${finishBefore.slice(0, 10)} → ${finishAfter.slice(0, 10)}, ${moves.length} tasks move.`
  const lines = moves.map(
    ({ uid, from, to, why }) =>
      `${String(uid).padStart(6)}  ${from.slice(0, 16)} → ${to.slice(0, 16)}  ${why}`,
  )
  const left = overloads.map(
    ({ resource, from, to }) => `! ${resource} stays over-allocated from ${from} to ${to}.`,
  )
  return [head, ...lines, ...left].join('\n')
}
