import { formatDuration } from '../../../drawing/format.ts'
import { type Conflict, conflictsOf } from '../../../engine/conflicts.ts'
import { explain } from '../../../engine/explain.ts'
import { type PersonOverload, personOverloads } from '../../../engine/load/overloads.ts'
import type { Plan } from '../../../engine/plan.ts'
import { timeOf } from '../../../kernel/day.ts'
import { type ConflictFix, fixesFor } from './conflicts-fixes.ts'
import { refusalFault } from './plan.ts'
import { planWording } from './plan-words.ts'
import type { Computed } from './view.ts'
import { dayText, momentText, type Wording } from './words.ts'

export const CONFLICT_KINDS = [
  'constraint',
  'negativeSlack',
  'deadline',
  'manual',
  'overload',
  'outOfSequence',
  'nonWorking',
  'ignored',
] as const
export type ConflictKind = (typeof CONFLICT_KINDS)[number]

/** What a kind of conflict is called, above its list. */
const TITLES: Readonly<Record<ConflictKind, string>> = {
  constraint: 'Constraints against links',
  negativeSlack: 'Paths without room',
  deadline: 'Deadlines missed',
  manual: 'Dates set by hand against links',
  overload: 'People with too much to do',
  outOfSequence: 'Begun out of sequence',
  nonWorking: 'In time off',
  ignored: 'Ignored links and constraints',
}

/** One conflict as every door tells it. */
export type ConflictView = {
  /** The same as long as the conflict is. */
  readonly id: string
  readonly kind: ConflictKind
  readonly sentence: string
  /** The tasks that are in it: selecting them shows it in the plan. */
  readonly tasks: readonly { readonly id: string; readonly name: string }[]
  /** Where there is one: what leads to the conflict, from the first cause to the task. */
  readonly chain: readonly { readonly id: string; readonly name: string; readonly sentence: string }[]
  readonly resource: string | null
  readonly from: string | null
  readonly to: string | null
  readonly fixes: readonly ConflictFix[]
}

type Found = { readonly kind: ConflictKind } & (
  | { readonly conflict: Conflict; readonly overload?: undefined }
  | { readonly overload: PersonOverload; readonly conflict?: undefined }
)

const MOST_TASKS = 200
const MOST_STEPS = 30

/**
 * Everything in which a plan contradicts itself, its people or what has happened: counted by kind, a page of it told
 * in sentences with what would mend it. `others` are plans in which the same people work.
 */
export function conflictsAnswer(
  computed: Computed,
  others: readonly Plan[],
  asked: { kinds?: readonly ConflictKind[] | undefined; offset: number; limit: number },
) {
  const all = conflictsFound(computed, others)
  const chosen = asked.kinds ? all.filter(({ kind }) => asked.kinds?.includes(kind)) : all
  const wording = planWording(computed)
  return {
    count: all.length,
    counts: CONFLICT_KINDS.map((kind) => ({
      kind,
      title: TITLES[kind],
      count: all.filter((one) => one.kind === kind).length,
    })).filter(({ count }) => count > 0),
    matching: chosen.length,
    conflicts: chosen
      .slice(asked.offset, asked.offset + asked.limit)
      .map((one) => viewOf(computed, one, wording)),
  }
}

/** By kind, the gravest first; within a kind in the order of the plan, overloads in the order of time. */
function conflictsFound(computed: Computed, others: readonly Plan[]): readonly Found[] {
  const { plan, rows } = computed
  const known = kept.get(plan)
  if (known && known.others.length === others.length && known.others.every((one, n) => one === others[n]))
    return known.found
  const answer = conflictsOf(plan)
  if ('refused' in answer) throw refusalFault(answer.refused, rows.tasks)
  const found: Found[] = answer.map((conflict) => ({ kind: conflict.kind, conflict }))
  for (const overload of personOverloads(plan, others)) found.push({ kind: 'overload', overload })
  const rank = new Map(CONFLICT_KINDS.map((kind, place) => [kind, place]))
  const sorted = found
    .map((one, place) => ({ one, place }))
    .sort((a, b) => (rank.get(a.one.kind) ?? 0) - (rank.get(b.one.kind) ?? 0) || a.place - b.place)
    .map(({ one }) => one)
  kept.set(plan, { others, found: sorted })
  return sorted
}

/** The badge, the list and each page of it ask the same; forgotten with the plan. */
const kept = new WeakMap<Plan, { others: readonly Plan[]; found: readonly Found[] }>()

function viewOf(computed: Computed, found: Found, wording: Wording): ConflictView {
  const tasks = found.overload ? found.overload.tasks : tasksOf(found.conflict)
  const overload = found.overload
  return {
    id: [
      found.kind,
      overload?.resource,
      ...tasks.slice(0, 2),
      overload?.fromMinute ?? detailOf(found.conflict),
    ]
      .filter(Boolean)
      .join(' '),
    kind: found.kind,
    sentence: overload ? overloadSentence(overload, wording) : sentenceOf(found.conflict, wording),
    tasks: tasks.slice(0, MOST_TASKS).map((id) => ({ id, name: wording.taskName(id) })),
    chain: found.conflict ? chainOf(computed, found.conflict, wording) : [],
    resource:
      overload?.resource ?? (found.conflict?.kind === 'nonWorking' ? found.conflict.resource : null) ?? null,
    from: overload ? timeOf(overload.fromMinute) : null,
    to: overload ? timeOf(overload.toMinute) : null,
    fixes: fixesFor(computed, found.conflict ?? 'overload'),
  }
}

function tasksOf(conflict: Conflict | undefined): readonly string[] {
  if (!conflict) return []
  if (conflict.kind === 'negativeSlack') return conflict.tasks
  return 'predecessor' in conflict ? [conflict.task, conflict.predecessor] : [conflict.task]
}

function detailOf(conflict: Conflict | undefined): string {
  return conflict && 'link' in conflict ? conflict.link : ''
}

function sentenceOf(conflict: Conflict, wording: Wording): string {
  const quoted = (id: string) => `"${wording.taskName(id)}"`
  switch (conflict.kind) {
    case 'constraint':
      return `${quoted(conflict.task)} is held on ${momentText(conflict.startMinute)} by its constraint, but ${quoted(conflict.predecessor)} lets it start on ${momentText(conflict.neededStartMinute)} at the earliest.`
    case 'negativeSlack':
      return pathSentence(conflict, wording)
    case 'deadline':
      return `${quoted(conflict.task)} finishes on ${momentText(conflict.finishMinute)}; its deadline is ${momentText(conflict.deadlineMinute)}.`
    case 'manual':
      return `${quoted(conflict.task)} is set by hand to ${END[conflict.linkType]} on ${momentText(conflict.minute)}; ${quoted(conflict.predecessor)} allows that on ${momentText(conflict.neededMinute)} at the earliest.`
    case 'outOfSequence':
      return `${quoted(conflict.task)} ${PAST[conflict.linkType]} on ${momentText(conflict.minute)} although it waits for ${quoted(conflict.predecessor)}.`
    case 'nonWorking':
      return conflict.resource === undefined
        ? `${quoted(conflict.task)} is put on ${momentText(conflict.minute)}, when nobody works.`
        : `${quoted(conflict.task)} asks nobody’s calendar, and ${wording.resourceName(conflict.resource)} is off for ${lengthText(conflict.offMinutes ?? 0, wording)} of it.`
    case 'ignored':
      return 'constraint' in conflict
        ? `${quoted(conflict.task)} is a summary task; its constraint holds nothing.`
        : `${quoted(conflict.task)} is a summary task; the link from ${quoted(conflict.predecessor)} to its finish holds nothing.`
  }
}

const END = { fs: 'start', ss: 'start', ff: 'finish', sf: 'finish' } as const
const PAST = { fs: 'began', ss: 'began', ff: 'ended', sf: 'ended' } as const

function pathSentence(conflict: Extract<Conflict, { kind: 'negativeSlack' }>, wording: Wording): string {
  const [first = ''] = conflict.tasks
  const count = conflict.tasks.length
  const who =
    count === 1
      ? `"${wording.taskName(first)}" is`
      : `${count} tasks from "${wording.taskName(first)}" to "${wording.taskName(conflict.tasks.at(-1) ?? '')}" are`
  const held = conflict.heldBy.slice(0, 3).map((id) => `"${wording.taskName(id)}"`)
  const more = conflict.heldBy.length > 3 ? ` and ${conflict.heldBy.length - 3} more` : ''
  const by = held.length > 0 ? `dates of ${held.join(', ')}${more}` : 'finish of the plan'
  return `${who} ${lengthText(-conflict.totalSlackMinutes, wording)} later than the ${by} allow${held.length > 0 ? '' : 's'}.`
}

function overloadSentence(overload: PersonOverload, wording: Wording): string {
  const { peakUnits, maxUnits, fromMinute, toMinute, tasks, elsewhere } = overload
  const [from, to] = [dayText(fromMinute), dayText(toMinute)]
  const when = from === to ? `on ${from}` : `from ${from} to ${to}`
  const names = tasks.slice(0, 3).map((id) => `"${wording.taskName(id)}"`)
  const others = tasks.length - names.length
  const parts = [
    ...names,
    ...(others > 0 ? [`${others} more`] : []),
    ...(elsewhere > 0
      ? [elsewhere === 1 ? 'a task of another project' : `${elsewhere} tasks of other projects`]
      : []),
  ]
  const room = maxUnits === 1 ? '' : ` of ${Math.round(maxUnits * 100)} %`
  const asked = `${Math.round(peakUnits * 100)} %${room}`
  const listed = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? '')
  return `${wording.resourceName(overload.resource)} is asked for ${asked} ${when}: ${listed}.`
}

function lengthText(minutes: number, { minutesPerDay }: Wording): string {
  return formatDuration(Math.round(minutes), { minutesPerDay })
}

/** What drives the predecessor to where it stands, first cause first, the task in conflict last. */
function chainOf({ plan, result }: Computed, conflict: Conflict, wording: Wording): ConflictView['chain'] {
  if (conflict.kind !== 'constraint' && conflict.kind !== 'manual' && conflict.kind !== 'deadline') return []
  const from = conflict.kind === 'deadline' ? conflict.task : conflict.predecessor
  const answer = explain(plan, result, from)
  if ('refused' in answer) return []
  const steps = answer.steps.filter(({ role }) => role === 'dates').slice(0, MOST_STEPS)
  const line = (id: string, startMinute: number, finishMinute: number) => ({
    id,
    name: wording.taskName(id),
    sentence:
      dayText(startMinute) === dayText(finishMinute)
        ? dayText(startMinute)
        : `${dayText(startMinute)} to ${dayText(finishMinute)}`,
  })
  return steps.reverse().map((step) => line(step.task, step.startMinute, step.finishMinute))
}
