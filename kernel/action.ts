import type { z } from 'zod'
import type { NewId } from './id.ts'
import type { Read, Tx } from './ledger/tx.ts'

/** Reports how far long work has come: a share from 0 to 1 and a phrase such as "reading tasks". */
export type Progress = (share: number, phrase: string) => void

export type Preparing = {
  readonly progress: Progress
  readonly signal: AbortSignal
  /** Keeps bytes under their SHA-256; bytes that no record comes to name do no harm. */
  readonly keep: (bytes: Uint8Array) => Promise<string>
  readonly newId: NewId
  /** Does the long part of another action, for `tx.perform`; undefined for one without. */
  readonly prepare: (action: string, input: unknown) => Promise<unknown>
  /** Prints a document that was composed; refuses `print.absent` where no printer is at hand. */
  readonly print: Print
}

/** Turns a composed document (a block tree) into a finished file. */
export type Print = (document: unknown, format: 'html' | 'pdf') => Promise<Uint8Array>

/** A verb that changes something, described once. */
export type Action<I extends z.ZodType = z.ZodType, P = unknown, O = unknown> = {
  readonly name: string
  readonly title: string
  readonly about: string
  readonly input: I
  /** The permission that is needed in every project (or the workspace) whose rows it reads to change or writes. */
  readonly allow: string
  /** Kinds of other rooms that this action may write without their rooms' write permission. */
  readonly alsoWrites: readonly string[]
  /** Why it cannot be undone; absent for everything that can. */
  readonly final?: string
  readonly prepare?: (read: Read, input: z.output<I>, preparing: Preparing) => Promise<P>
  readonly run: (tx: Tx, input: z.output<I>, prepared: P) => Promise<O>
}

/** A question answered by rules or the engine, described once. */
export type Query<I extends z.ZodType = z.ZodType, O = unknown> = {
  readonly name: string
  readonly title: string
  readonly about: string
  readonly input: I
  readonly allow: string
  readonly run: (read: Read, input: z.output<I>) => Promise<O>
}

/** Describes a verb: `action('task.edit', { title, about, input, allow, run })`. */
export function action<I extends z.ZodType, O, P = undefined>(
  name: string,
  verb: {
    title: string
    about: string
    input: I
    allow: string
    alsoWrites?: readonly string[]
    final?: string
    prepare?: (read: Read, input: z.output<I>, preparing: Preparing) => Promise<P>
    run: (tx: Tx, input: z.output<I>, prepared: P) => Promise<O>
  },
): Action<I, P, O> {
  return { name, alsoWrites: [], ...verb }
}

/** Describes a question: `query('schedule.show', { title, about, input, allow, run })`. */
export function query<I extends z.ZodType, O>(
  name: string,
  question: {
    title: string
    about: string
    input: I
    allow: string
    run: (read: Read, input: z.output<I>) => Promise<O>
  },
): Query<I, O> {
  return { name, ...question }
}
