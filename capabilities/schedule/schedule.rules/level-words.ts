import { formatDay } from '../../../drawing/format.ts'
import type {
  MoveReason,
  RemainingOverload,
  UnlevelledTask,
} from '../../../engine/levelling/plan-levelling.ts'
import { planWording } from './plan-words.ts'
import type { Computed } from './view.ts'
import type { Wording } from './words.ts'

/** Names of tasks and people over several plans. */
export function wordingOf(plans: readonly Computed[]): Wording {
  const all = plans.map((computed) => ({ rows: computed.rows, wording: planWording(computed) }))
  const tasks = new Map(
    all.flatMap(({ rows, wording }) => rows.tasks.map(({ id }) => [id, wording] as const)),
  )
  const resources = new Map(
    all.flatMap(({ rows, wording }) => rows.resources.map(({ id }) => [id, wording] as const)),
  )
  const first = all[0]?.wording
  return {
    taskName: (id) => (tasks.get(id) ?? first)?.taskName(id) ?? 'a task that is gone',
    resourceName: (id) => (resources.get(id) ?? first)?.resourceName(id) ?? 'a resource',
    calendarName: (id) => first?.calendarName(id) ?? 'a calendar',
    minutesPerDay: first?.minutesPerDay ?? 480,
  }
}

/** Why a task moves, in one sentence. */
export function reasonText(why: MoveReason, wording: Wording): string {
  switch (why.kind) {
    case 'resource':
      return resourceText(why, wording)
    case 'predecessor':
      return `Follows "${wording.taskName(why.task)}", which moves.`
    case 'summary':
      return `Follows its summary task "${wording.taskName(why.task)}".`
    case 'delayDropped':
      return 'An earlier levelling delay is no longer needed.'
  }
}

function resourceText(why: Extract<MoveReason, { kind: 'resource' }>, wording: Wording): string {
  const holders = why.heldBy.map(({ task }) => `"${wording.taskName(task)}"`)
  const first = why.heldBy[0]
  const until = `until ${formatDay(why.freeAtMinute, { weekday: true, year: 'always' })}`
  const rank = first && first.urgency > why.priority ? `; priority ${why.priority} < ${first.urgency}` : ''
  const shown =
    holders.length > 3
      ? `${holders.slice(0, 3).join(', ')} and ${holders.length - 3} more`
      : holders.join(', ')
  return `Waits for ${wording.resourceName(why.resource)}, held by ${shown || 'other work'} ${until}${rank}.`
}

/** Why a task cannot be levelled, as the tail of a sentence. */
const UNLEVELLED: Readonly<Record<UnlevelledTask['reason'], string>> = {
  noCapacity: 'needs somebody of whom there is nothing',
  tooMuchDemand: 'needs more of somebody than there is',
  noSlack: 'has no slack left to move within',
  constraint: 'is held by its constraint',
}

export function unlevelledText(reason: UnlevelledTask['reason'], resource: string, wording: Wording): string {
  return `${UNLEVELLED[reason]} (${wording.resourceName(resource)})`
}

type HeldBy = NonNullable<RemainingOverload['tasks'][number]['heldBy']>

const HELD: Readonly<Record<HeldBy, string>> = {
  ...UNLEVELLED,
  started: 'has begun',
  stated: 'is scheduled by hand',
  must: 'must start or finish on its day',
  alap: 'is to be done as late as possible',
  priority: 'has priority 1000, which is never levelled',
  outside: 'lies outside the chosen days',
}

export function heldText(heldBy: HeldBy | undefined): string | null {
  return heldBy ? HELD[heldBy] : null
}
