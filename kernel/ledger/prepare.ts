import type { Actor } from '../access.ts'
import type { Action, Preparing, Print } from '../action.ts'
import { Fault } from '../fault.ts'
import type { NewId } from '../id.ts'
import type { RecordType } from '../record.ts'
import type { Request } from './request.ts'
import type { Read } from './tx.ts'
import type { Work } from './work.ts'

/**
 * Runs the long part of an action outside any transaction, noting what it reads; the short part then runs only if none
 * of that was touched meanwhile. Refuses `work.cancelled` when the caller's signal says so.
 */
export async function prepareWork(work: {
  action: Action
  input: unknown
  request: Request
  read: <T>(actor: Actor, reading: (read: Read) => Promise<T>) => Promise<T>
  keep: Preparing['keep']
  newId: NewId
  print: Print | undefined
}): Promise<Work> {
  const { action, input, request } = work
  const signal = request.signal ?? new AbortController().signal
  const progress = request.progress ?? (() => undefined)
  const kinds = new Map<string, { kind: string; project: string | null | undefined }>()
  const { prepared, seq } = await work.read(request.actor, async (read) => {
    refuseWhenCancelled(signal)
    const result = await action.prepare?.(watched(read, kinds), input, {
      progress,
      signal,
      keep: work.keep,
      newId: work.newId,
      print: work.print ?? noPrinter,
    })
    return { prepared: result, seq: read.seq }
  })
  refuseWhenCancelled(signal)
  return {
    request,
    action,
    input,
    execute: (tx) => action.run(tx, input, prepared),
    restsOn: { seq, kinds: [...kinds.values()] },
  }
}

const noPrinter: Print = async () => {
  throw new Fault('print.absent', 'Documents cannot be printed here.')
}

/** Refuses `work.cancelled` once the signal has been given; long work calls it at every step. */
export function refuseWhenCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Fault('work.cancelled', 'Cancelled; nothing was changed.', {})
}

function watched(read: Read, kinds: Map<string, { kind: string; project: string | null | undefined }>): Read {
  const note = (record: RecordType, project: string | null | undefined) =>
    kinds.set(`${record.kind}/${project}`, { kind: record.kind, project })
  return {
    ...read,
    get: (record, id) => {
      note(record, undefined)
      return read.get(record, id)
    },
    find: (record, id) => {
      note(record, undefined)
      return read.find(record, id)
    },
    many: (record, ids) => {
      note(record, undefined)
      return read.many(record, ids)
    },
    all: (record, where) => {
      note(record, where?.project)
      return read.all(record, where)
    },
  }
}
