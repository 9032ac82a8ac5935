import type { LevellingJob, LevellingProblem } from '../../engine/levelling/problem.ts'
import type { FileRefusal } from '../plan-file.ts'

const psplibLimits = { jobs: 100_000, resources: 1_000 }

type Refused = { readonly refused: FileRefusal }

/** Reads a scheduling problem of either public form, told apart by its look: PSPLIB's has headings, Patterson's only numbers. */
export function readPsplib(text: string): LevellingProblem | Refused {
  return /PRECEDENCE RELATIONS/i.test(text) ? readSm(text) : readPatterson(text)
}

/**
 * Reads a single-mode problem of PSPLIB (.sm; R. Kolisch & A. Sprecher, EJOR 96, 1997). Refuses `psplib.section`
 * (a section is missing), `psplib.number`, `psplib.modes` (several modes), `psplib.nonrenewable`, `psplib.tooLarge`
 * and `psplib.successor`.
 */
export function readSm(text: string): LevellingProblem | Refused {
  const count = headNumber(text, /^\s*jobs\s*\([^)]*\)\s*:\s*(\d+)/im)
  const resourceCount = headNumber(text, /^\s*-\s*renewable\s*:\s*(\d+)/im)
  if (count === undefined || resourceCount === undefined)
    return refuse('psplib.section', 'The head names no number of jobs or of renewable resources.', {})
  const others =
    (headNumber(text, /^\s*-\s*nonrenewable\s*:\s*(\d+)/im) ?? 0) +
    (headNumber(text, /^\s*-\s*doubly constrained\s*:\s*(\d+)/im) ?? 0)
  if (others > 0)
    return refuse('psplib.nonrenewable', 'Only renewable resources are levelled.', { resources: others })
  const large = tooLarge(count, resourceCount)
  if (large) return large
  const successors = successorsOf(numbersAfter(text, /PRECEDENCE RELATIONS\s*:/i), count)
  if ('refused' in successors) return successors
  const requests = requestsOf(numbersAfter(text, /REQUESTS\/DURATIONS\s*:/i), count, resourceCount)
  if ('refused' in requests) return requests
  const available = numbersAfter(text, /RESOURCE\s*AVAILABILITIES\s*:/i)
  if (!available || available.length < resourceCount)
    return refuse('psplib.section', 'The capacities of the resources are missing or cut short.', {})
  return {
    capacities: available.slice(0, resourceCount),
    jobs: requests.rows.map((row, i) => ({ ...row, successors: successors.rows[i] ?? [] })),
  }
}

/**
 * Reads a problem in Patterson's form (.rcp; J. Patterson, Management Science 30, 1984): numbers of jobs and resources,
 * capacities, then for each job its duration, demands, number of successors and the successors counted from 1.
 */
export function readPatterson(text: string): LevellingProblem | Refused {
  const words = text.split(/\s+/).filter((word) => word !== '')
  let at = 0
  const next = (): number => (/^\d+$/.test(words[at] ?? '') ? Number(words[at++]) : Number.NaN)
  const stuck = (): Refused =>
    at >= words.length
      ? refuse('psplib.section', 'The file ends before the last job.', {})
      : refuse('psplib.number', `Not a whole number: ${(words[at] ?? '').slice(0, 40)}`, { word: at + 1 })
  const count = next()
  const resourceCount = next()
  if (Number.isNaN(count + resourceCount)) return stuck()
  const large = tooLarge(count, resourceCount)
  if (large) return large
  const capacities = Array.from({ length: resourceCount }, next)
  const jobs: LevellingJob[] = []
  for (let job = 1; job <= count; job++) {
    const duration = next()
    const demands = Array.from({ length: resourceCount }, next)
    const width = next()
    if (Number.isNaN(width)) return stuck()
    const successors: number[] = []
    for (let k = 0; k < width; k++) {
      const successor = next()
      if (Number.isNaN(successor)) return stuck()
      if (successor < 1 || successor > count) return badSuccessor(job, successor)
      successors.push(successor - 1)
    }
    jobs.push({ duration, demands, successors })
  }
  if (at < words.length)
    return refuse('psplib.number', 'There is more in the file after the last job.', { word: at + 1 })
  return { capacities, jobs }
}

function headNumber(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)
  return found ? Number(found[1]) : undefined
}

/** The numbers of a section, its headings left out; undefined when it is not there. */
function numbersAfter(text: string, heading: RegExp): number[] | undefined {
  const found = heading.exec(text)
  if (!found) return undefined
  const section = text.slice(found.index + found[0].length).split(/^\*{3,}/m, 1)[0] ?? ''
  const rows = section.split('\n').filter((line) => /^[\s\d]*\d[\s\d]*$/.test(line))
  return rows.flatMap((line) => line.trim().split(/\s+/).map(Number))
}

/** Job number, number of modes, number of successors, successors counted from 1. */
function successorsOf(numbers: number[] | undefined, count: number): { rows: number[][] } | Refused {
  const rows: number[][] = []
  let at = 0
  for (let job = 1; job <= count; job++) {
    const modes = numbers?.[at + 1]
    const width = numbers?.[at + 2]
    if (!numbers || numbers[at] !== job || modes === undefined || width === undefined)
      return refuse('psplib.section', 'The precedence relations are missing or cut short.', { job })
    if (modes !== 1)
      return refuse('psplib.modes', 'Jobs with several modes are not levelled.', { job, modes })
    const successors = numbers.slice(at + 3, at + 3 + width)
    for (const successor of successors)
      if (successor < 1 || successor > count) return badSuccessor(job, successor)
    rows.push(successors.map((successor) => successor - 1))
    at += 3 + width
  }
  return { rows }
}

/** Job number, mode, duration, one demand a resource. */
function requestsOf(
  numbers: number[] | undefined,
  count: number,
  resourceCount: number,
): { rows: { duration: number; demands: number[] }[] } | Refused {
  const width = 3 + resourceCount
  const rows: { duration: number; demands: number[] }[] = []
  for (let job = 1; job <= count; job++) {
    const row = numbers?.slice((job - 1) * width, job * width) ?? []
    if (row.length < width || row[0] !== job)
      return refuse('psplib.section', 'Durations and requests are missing or cut short.', { job })
    rows.push({ duration: row[2] ?? 0, demands: row.slice(3) })
  }
  return { rows }
}

function tooLarge(jobs: number, resources: number): Refused | undefined {
  if (jobs <= psplibLimits.jobs && resources <= psplibLimits.resources) return undefined
  const sentence = `More than ${psplibLimits.jobs} jobs or ${psplibLimits.resources} resources.`
  return refuse('psplib.tooLarge', sentence, { jobs, resources })
}

function badSuccessor(job: number, successor: number): Refused {
  return refuse('psplib.successor', `Job ${job} names a successor that does not exist.`, { job, successor })
}

function refuse(code: string, sentence: string, facts: FileRefusal['facts']): Refused {
  return { refused: { code, sentence, facts } }
}
