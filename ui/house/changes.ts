import { Fault } from '../../kernel/fault.ts'
import { showToast, type Toast } from '../toast.tsx'
import { type Done, perform, refusalOf, type SeenRow } from './api.ts'
import { createStore } from './store.ts'

/** A change that was made here: its number and what it did, in words. */
type Step = { seq: number; words: string }
type Steps = { undo: readonly Step[]; redo: readonly Step[] }

const mostSteps = 100

/** What can be undone and redone from this window. */
export const steps = createStore<Steps>({ undo: [], redo: [] })
/** Numbers of the changes that this window made itself. */
const own = new Set<number>()
let underway = 0
const waiting: (() => void)[] = []
const refreshers = new Set<Refresh>()

/** Reads anew what rests on the kinds of rows that a change wrote. */
export type Refresh = (seq: number, kinds: ReadonlySet<string>) => void

/** Calls back after each change made here, so that what is shown can be read anew. */
export function onOwnChange(refresh: Refresh): () => void {
  refreshers.add(refresh)
  return () => refreshers.delete(refresh)
}

const staleListeners = new Set<() => void>()

/** Calls back when the server refused because what is shown here is no longer so. */
export function onStale(readAnew: () => void): () => void {
  staleListeners.add(readAnew)
  return () => staleListeners.delete(readAnew)
}

/** Performs an action as a step that can be undone. Throws the refusal. `words` say what was done: "Task moved." */
export async function act<Output>(
  action: string,
  input: unknown,
  options: { words: string; expected?: readonly SeenRow[] },
): Promise<Done<Output>> {
  const done = await counted(() =>
    perform<Output>(action, input, options.expected ? { expected: options.expected } : {}),
  )
  steps.set(({ undo }) => ({
    undo: [...undo, { seq: done.seq, words: options.words }].slice(-mostSteps),
    redo: [],
  }))
  return done
}

/** Takes back the last change of this window; the toast says what, or why not. */
export async function undoLast(): Promise<void> {
  const step = steps.get().undo.at(-1)
  if (!step) return void showToast({ lead: 'Nothing to undo.', effect: 'Only changes made in this window.' })
  steps.set(({ undo, redo }) => ({ undo: undo.slice(0, -1), redo }))
  const undone = await takenBack(step)
  if (!undone) return
  steps.set(({ undo, redo }) => ({ undo, redo: [...redo, { seq: undone.seq, words: step.words }] }))
  tellStep({
    lead: 'Undone:',
    effect: lowered(step.words),
    action: { label: 'Redo', keyName: 'Ctrl Shift Z', run: () => void redoLast() },
  })
}

/** Does again what was undone last. */
export async function redoLast(): Promise<void> {
  const step = steps.get().redo.at(-1)
  if (!step) return void showToast({ lead: 'Nothing to redo.' })
  steps.set(({ undo, redo }) => ({ undo, redo: redo.slice(0, -1) }))
  const redone = await takenBack(step)
  if (!redone) return
  steps.set(({ undo, redo }) => ({ undo: [...undo, { seq: redone.seq, words: step.words }], redo }))
  tellStep({
    lead: 'Done again:',
    effect: lowered(step.words),
    action: { label: 'Undo', keyName: 'Ctrl Z', run: () => void undoLast() },
  })
}

let closeLastStep = () => {}

/** Tells of a step. Its toast takes the place of the one before, so that “Undo” always means the newest step. */
export function tellStep(toast: Toast): void {
  closeLastStep()
  closeLastStep = showToast(toast)
}

async function takenBack({ seq }: Step): Promise<Done | undefined> {
  try {
    return await counted(() => perform('change.undo', { seq }))
  } catch (error) {
    tellRefusal(error)
    return undefined
  }
}

/** A refusal that has no place of its own on the page. */
export function tellRefusal(error: unknown): void {
  const refusal = refusalOf(error)
  showToast({
    lead: 'Not done.',
    effect: refusal.message,
    tone: 'warning',
    keep: refusal.code === 'server.unreachable',
  })
}

/** The refusal of an action in the form that controls show in place. */
export function asRefusal(error: unknown): { code: string; sentence: string } {
  const refusal = refusalOf(error)
  return { code: refusal.code, sentence: refusal instanceof Fault ? refusal.message : String(error) }
}

/** Whether a change came from this window; waits for the answers still under way, which may say so. */
export async function isOwnChange(seq: number): Promise<boolean> {
  if (own.has(seq)) return true
  if (underway > 0) await new Promise<void>((resolve) => waiting.push(resolve))
  return own.has(seq)
}

async function counted<Output>(work: () => Promise<Done<Output>>): Promise<Done<Output>> {
  underway += 1
  try {
    const done = await work()
    own.add(done.seq)
    const kinds = new Set(done.wrote.map(({ kind }) => kind))
    for (const refresh of refreshers) refresh(done.seq, kinds)
    return done
  } catch (error) {
    if (/^change\./.test(refusalOf(error).code)) for (const readAnew of staleListeners) readAnew()
    throw error
  } finally {
    underway -= 1
    if (underway === 0) for (const go of waiting.splice(0)) go()
  }
}

function lowered(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
