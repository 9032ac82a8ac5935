import { type ChildProcess, spawn } from 'node:child_process'
import { open, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type FileLimits, fileLimits } from '../../../exchange/file-limits.ts'
import type { FileRefusal } from '../../../exchange/plan-file.ts'
import type { TableReading } from '../../../exchange/plan-table/plan-table.ts'
import type { PlanFileReading } from '../../../exchange/read-plan.ts'
import { gatherPlan, type PlanLine } from './plan-lines.ts'

export type IntakeOptions = {
  /** The name people know the file by; it appears in the facts of a refusal. */
  fileName?: string
  signal?: AbortSignal
  /** Share of the file that has been read, 0..1. */
  onProgress?: (share: number) => void
  limits?: Partial<FileLimits>
  /** How to read a table (CSV, workbook). */
  table?: TableReading
}

const workerPath = fileURLToPath(new URL('./plan-reader.worker.ts', import.meta.url))
const codeRoot = fileURLToPath(new URL('../../../', import.meta.url))
// The libraries that read XML and workbooks may lie outside the code, where a package manager has put or linked it.
const libraryRoot = createRequire(import.meta.url)
  .resolve('saxes')
  .replace(/(?<=node_modules[\\/])(?:(?!node_modules).)*$/, '')

/**
 * Reads a plan file, given as bytes or by its path, in a process of its own that has a memory and a time limit.
 * Whatever the file does to that process, the answer is a plan or a refusal: beside those of `readPlanFile`
 * `file.missing`, `file.unreadable`, `file.tooLarge` (also when memory ran out), `file.timeout`, `file.cancelled`,
 * `file.readerStopped`. Needs no server.
 */
export async function readPlan(
  source: Uint8Array | string,
  options: IntakeOptions = {},
): Promise<PlanFileReading> {
  const limits: FileLimits = { ...fileLimits, ...options.limits }
  if (typeof source !== 'string') {
    const refused = refuseSize(source.length, limits)
    return withName(refused ?? (await readInChild(source, limits, options)), options.fileName)
  }
  const size = await sizeOf(source)
  const refused = typeof size === 'number' ? refuseSize(size, limits) : size
  if (refused !== undefined) return withName(refused, options.fileName ?? source)
  const handle = await open(source, 'r')
  try {
    return withName(await readInChild(handle.fd, limits, options), options.fileName ?? source)
  } finally {
    await handle.close()
  }
}

async function sizeOf(path: string): Promise<number | { refused: FileRefusal }> {
  try {
    const facts = await stat(path)
    if (facts.isFile()) return facts.size
    return refuse('file.unreadable', `"${path}" is not a file.`, {})
  } catch (fault) {
    const cause = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown'
    if (cause === 'ENOENT') return refuse('file.missing', `There is no file "${path}".`, {})
    return refuse('file.unreadable', `The file "${path}" cannot be opened (${cause}).`, { cause })
  }
}

function refuseSize(bytes: number, limits: FileLimits): { refused: FileRefusal } | undefined {
  if (bytes <= limits.fileBytes) return undefined
  const most = Math.round(limits.fileBytes / 1_048_576)
  const sentence = `The file is ${Math.ceil(bytes / 1_048_576)} MB; at most ${most} MB are read.`
  return refuse('file.tooLarge', sentence, { bytes, limit: limits.fileBytes })
}

function refuse(code: string, sentence: string, facts: Record<string, unknown>): { refused: FileRefusal } {
  return { refused: { code, sentence, facts } }
}

function withName(reading: PlanFileReading, fileName: string | undefined): PlanFileReading {
  if (!('refused' in reading) || fileName === undefined) return reading
  const { code, sentence, facts } = reading.refused
  return { ...reading, refused: { code, sentence, facts: { fileName, ...facts } } }
}

function readInChild(
  input: Uint8Array | number,
  limits: FileLimits,
  options: IntakeOptions,
): Promise<PlanFileReading> {
  if (options.signal?.aborted) return Promise.resolve(cancelled())
  const child = startReader(typeof input === 'number' ? input : 'pipe', limits, options.table)
  const plan = gatherPlan()
  return new Promise((resolve) => {
    let ended: PlanFileReading | undefined
    const stop = (refusal: { refused: FileRefusal }) => {
      ended ??= refusal
      child.kill('SIGKILL')
    }
    const seconds = Math.round(limits.wallMilliseconds / 1000)
    const late = `Reading the file took longer than ${seconds} seconds and was stopped.`
    const timer = setTimeout(() => stop(refuse('file.timeout', late, { seconds })), limits.wallMilliseconds)
    const abort = () => stop(cancelled())
    options.signal?.addEventListener('abort', abort, { once: true })
    const said = collectText(child)
    const lines = readLines(child, (line) => {
      if ('progress' in line) options.onProgress?.(line.progress)
      else plan.take(line)
    })
    const finish = (code: number | null, signal: string | null) => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', abort)
      const answer = () => resolve(ended ?? plan.finished() ?? stoppedReader(code, signal, said(), limits))
      lines.then(answer, answer)
    }
    child.once('error', (fault) => finish(null, fault.message))
    child.once('close', finish)
    if (typeof input === 'number' || child.stdin === null) return
    // The reader may refuse and go before it has taken all bytes; its refusal is the answer, not the broken pipe.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

function startReader(input: number | 'pipe', limits: FileLimits, table: TableReading = {}): ChildProcess {
  const guards = ['--permission', `--allow-fs-read=${codeRoot}*`, `--allow-fs-read=${libraryRoot}*`]
  const flags = [`--max-old-space-size=${limits.heapMegabytes}`, '--no-warnings', ...guards]
  return spawn(process.execPath, [...flags, workerPath, JSON.stringify(limits), JSON.stringify(table)], {
    env: {},
    stdio: [input, 'pipe', 'pipe'],
    windowsHide: true,
  })
}

/** Parses one line at a time and lets other work run in between. */
async function readLines(child: ChildProcess, take: (line: PlanLine) => void): Promise<void> {
  let rest: Buffer[] = []
  for await (const chunk of child.stdout ?? []) {
    let from = 0
    for (let at = chunk.indexOf(10, from); at >= 0; at = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, at)]).toString('utf8')
      rest = []
      from = at + 1
      take(JSON.parse(line))
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (from < chunk.length) rest.push(chunk.subarray(from))
  }
}

function collectText(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    if (text.length < 20_000) text += chunk.toString('utf8')
  })
  return () => text
}

function cancelled(): { refused: FileRefusal } {
  return refuse('file.cancelled', 'Reading the file was cancelled.', {})
}

function stoppedReader(
  code: number | null,
  signal: string | null,
  said: string,
  limits: FileLimits,
): { refused: FileRefusal } {
  if (/heap out of memory|Array buffer allocation failed|Invalid string length/.test(said)) {
    const sentence = `The file needs more than ${limits.heapMegabytes} MB of memory to be read.`
    return refuse('file.tooLarge', sentence, { megabytes: limits.heapMegabytes })
  }
  const facts = {
    exitCode: code,
    signal,
    last: said.trim().split('\n').slice(0, 12).join('\n').slice(0, 1000),
  }
  return refuse('file.readerStopped', 'The reader stopped before it had read the file.', facts)
}
