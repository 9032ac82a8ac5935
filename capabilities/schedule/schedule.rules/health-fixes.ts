import type { HealthPoint } from '../../../engine/health/facts.ts'
import { timeOf } from '../../../kernel/day.ts'
import type { Computed } from './view.ts'

/** What would mend an offender: an action of this room ready to be performed, or advice where only people know. */
export type HealthFix = ReadyFix | { readonly title: string }

/** A fix that can be performed as it is. */
export type ReadyFix = { readonly title: string } & (
  | { readonly action: 'link.edit'; readonly input: { readonly links: LinkChange[] } }
  | { readonly action: 'task.constrain'; readonly input: { readonly tasks: Constrained[] } }
)

type LinkChange = { id: string; type?: 'fs'; lag?: null }
type Constrained = { id: string; constraint: 'asap' | 'snet' | 'fnet'; at?: string }

/** The fix for one offender of a point; undefined where nothing can be said of the single task. */
export function fixFor(computed: Computed, point: HealthPoint, task: string): HealthFix | undefined {
  if (point.links !== undefined) return linkFix(computed, point, task)
  if (point.number === 5) return constraintFix(computed, task)
  if (point.number === 9) return forecastFix(computed, task)
  const title = ADVICE[point.number]
  return title === undefined ? undefined : { title }
}

const ADVICE: Readonly<Record<number, string>> = {
  1: 'Say what it waits for, and what waits for it.',
  6: 'Link it to what really needs its result.',
  7: 'Shorten what drives it, or agree on a later date.',
  8: 'Break it down into tasks of two months at most.',
  10: 'Assign who does it, or give it a cost.',
  11: 'Record how far it is, and agree on a new date.',
  12: 'Lift its constraint or typed dates, or link it, so that delays are handed on.',
  13: 'Shorten the critical path, or agree on a later finish.',
  14: 'Record how far it is, or take it into the baseline.',
}

/** Points 2 and 3: the lag goes; point 4: the link becomes finish-to-start. All links of the task that are at fault. */
function linkFix({ rows }: Computed, { number, links = [] }: HealthPoint, task: string): HealthFix {
  const faults = new Set(links)
  const own = rows.links.filter(({ id, successor }) => successor === task && faults.has(id))
  const change = number === 4 ? { type: 'fs' as const } : { lag: null }
  const titles: Readonly<Record<number, string>> = {
    2: 'Remove the lead.',
    3: 'Remove the lag; plan real waiting as a task.',
    4: 'Turn the link into finish-to-start.',
  }
  return {
    title: titles[number] ?? '',
    action: 'link.edit',
    input: { links: own.map(({ id }) => ({ id, ...change })) },
  }
}

/** A date that must be met becomes one that is not undercut; "no later than" is lifted: a deadline says the same. */
function constraintFix({ rows }: Computed, id: string): HealthFix | undefined {
  const task = rows.tasks.find((row) => row.id === id)
  const soft = task?.constraint === 'mso' ? 'snet' : task?.constraint === 'mfo' ? 'fnet' : 'asap'
  if (soft === 'asap' || task?.constraintAt === undefined) {
    return {
      title: 'Lift the constraint; a deadline says the same and holds nothing.',
      action: 'task.constrain',
      input: { tasks: [{ id, constraint: 'asap' }] },
    }
  }
  return {
    title:
      soft === 'snet'
        ? 'Start no earlier than that date instead.'
        : 'Finish no earlier than that date instead.',
    action: 'task.constrain',
    input: { tasks: [{ id, constraint: soft, at: task.constraintAt }] },
  }
}

/** Work that has not begun cannot begin in the past; what is under way or done only people can put right. */
function forecastFix({ rows, plan }: Computed, id: string): HealthFix {
  const task = rows.tasks.find((row) => row.id === id)
  const status = plan.project.statusMinute
  if (!task || status === undefined || status === null || task.actualStart !== undefined)
    return { title: 'Record when it really started or finished.' }
  return {
    title: 'Move what has not begun behind the status date.',
    action: 'task.constrain',
    input: { tasks: [{ id, constraint: 'snet', at: timeOf(status) }] },
  }
}
