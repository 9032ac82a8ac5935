import type { Actor } from '../access.ts'
import type { Action, Preparing, Print } from '../action.ts'
import { Fault } from '../fault.ts'
import type { NewId } from '../id.ts'
import type { Registry } from '../registry.ts'
import { checked, type OnRead } from './read.ts'
import type { Request } from './request.ts'
import type { Read } from './tx.ts'
import type { Work } from './work.ts'

/**
 * Runs the long part of an action outside any transaction, noting what it reads; the short part then runs only if none
 * of that was touched meanwhile. Refuses `work.cancelled` when the caller's signal says so.
 */
export async function prepareWork(work: {
  registry: Registry
  action: Action
  input: unknown
  request: Request
  read: <T>(actor: Actor, reading: (read: Read) => Promise<T>, onRead: OnRead) => Promise<T>
  keep: Preparing['keep']
  newId: NewId
  print: Print | undefined
}): Promise<Work> {
  const { action, input, request } = work
  const signal = request.signal ?? new AbortController().signal
  const progress = request.progress ?? (() => undefined)
  const kinds = new Map<string, { kind: string; project: string | null | undefined }>()
  const { keep, newId, print = noPrinter } = work
  const prepare = async (read: Read) => {
    refuseWhenCancelled(signal)
    const preparing: Preparing = {
      progress,
      signal,
      keep,
      newId,
      print,
      prepare: async (name, given) => {
        const other = work.registry.action(name)
        return other.prepare?.(read, checked(other.input, given, name), preparing)
      },
    }
    return { prepared: await action.prepare?.(read, input, preparing), seq: read.seq }
  }
  const { prepared, seq } = await work.read(request.actor, prepare, (kind, project) =>
    kinds.set(`${kind}/${project}`, { kind, project }),
  )
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
