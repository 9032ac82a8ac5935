import type { z } from 'zod'
import type { PartOf, Read } from './ledger/tx.ts'

/** What a room contributes to a room later in the list. */
export type Part<I = unknown, O = unknown> = {
  readonly of: PartOf
  readonly name: string
  readonly title: string
  readonly allow: string
  readonly run: (read: Read, input: I) => Promise<O>
}

/** Describes a contribution: `part('report', 'schedule.milestones', { title, allow, run })`. */
export function part<I, O>(
  of: Part['of'],
  name: string,
  contribution: { title: string; allow: string; run: (read: Read, input: I) => Promise<O> },
): Part {
  return { of, name, ...contribution } as Part
}

/** Work that starts by itself: at a cadence, or when an action has happened. */
export type Duty = {
  readonly name: string
  readonly title: string
  readonly when: { readonly every: string } | { readonly after: string }
  readonly allow: string
  /** Makes the draft that a person approves. */
  readonly prepare: (read: Read, occasion: { at: string; project: string | null }) => Promise<unknown>
  /** The permission of the person who may let it out; 'nobody' for work that stays inside. */
  readonly approve: string
  readonly deliver: string
}

/** Describes work that starts by itself; the runner of duties finds it in the registry. */
export function duty(name: string, work: Omit<Duty, 'name'>): Duty {
  return { name, ...work }
}

/** What goes out: composed as a block tree, rendered to HTML, PDF … by the apps. */
export type PaperDocument<I extends z.ZodType = z.ZodType, Tree = unknown> = {
  readonly name: string
  readonly title: string
  readonly input: I
  readonly allow: string
  readonly compose: (read: Read, input: z.output<I>) => Promise<Tree>
  /** The finished files (SHA-256) of what was published: they go out as they are and are never printed again. */
  readonly frozen?: (
    read: Read,
    input: z.output<I>,
  ) => Promise<{ readonly html: string; readonly pdf: string } | undefined>
}

/** Describes a document: `document('status-report', { title, input, allow, compose })`. */
export function document<I extends z.ZodType, Tree>(
  name: string,
  paper: Omit<PaperDocument<I, Tree>, 'name'>,
): PaperDocument<I, Tree> {
  return { name, ...paper }
}

/** An action that can be done from where it is offered; `asks` names a text field of its input that a person fills in. */
export type Offer = {
  readonly label: string
  readonly action: string
  readonly input: Readonly<Record<string, unknown>>
  readonly asks?: string
}

/** Something that waits for whoever reads their desk, as a part `desk` answers it. */
export type DeskItem = {
  /** The same for the same thing, each time. */
  readonly key: string
  /** To decide; late; under way; soon due. */
  readonly group: 'decide' | 'late' | 'doing' | 'due'
  readonly title: string
  /** One sentence: why it stands here. */
  readonly why: string
  readonly project: string | null
  /** The day by which; null when none is said. */
  readonly due: string | null
  /** Where more is to be seen. */
  readonly href: string
  readonly offers: readonly Offer[]
}
