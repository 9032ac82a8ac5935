import type { Conflict } from '../../../engine/conflicts.ts'
import { timeOf } from '../../../kernel/day.ts'
import type { Computed } from './view.ts'

/** What would mend a conflict: an action ready to be performed, one to be looked at first, or advice. */
export type ConflictFix =
  | { readonly title: string; readonly action: string; readonly input: object }
  | { readonly title: string; readonly preview: string; readonly input: object }
  | { readonly title: string }

/** The fixes of one conflict, the mildest first. */
export function fixesFor(computed: Computed, conflict: Conflict | 'overload'): ConflictFix[] {
  const project = computed.rows.project.id
  if (conflict === 'overload')
    return [{ title: 'Level…', preview: 'schedule.levelPreview', input: { project } }]
  switch (conflict.kind) {
    case 'constraint':
      return constraintFixes(computed, conflict.task)
    case 'negativeSlack':
      return [{ title: 'Shorten what is on the path, or agree on later dates.' }]
    case 'deadline':
      return [
        { title: 'Shorten what drives it, or agree on a later date.' },
        {
          title: 'Take the finish as the new deadline',
          action: 'task.edit',
          input: { tasks: [{ id: conflict.task, deadline: timeOf(conflict.finishMinute) }] },
        },
      ]
    case 'manual':
      return [scheduled(conflict.task)]
    case 'outOfSequence':
      return [unlinked(conflict.link, 'Remove the link that was not kept')]
    case 'nonWorking':
      return offFixes(computed, conflict)
    case 'ignored':
      return 'link' in conflict
        ? [unlinked(conflict.link, 'Remove the link')]
        : [
            {
              title: 'Lift the constraint',
              action: 'task.constrain',
              input: { tasks: [{ id: conflict.task, constraint: 'asap' }] },
            },
          ]
  }
}

/** A date that must be met becomes one that is not undercut; one that must not be passed becomes a deadline. */
function constraintFixes({ rows }: Computed, id: string): ConflictFix[] {
  const task = rows.tasks.find((row) => row.id === id)
  if (!task?.constraint || task.constraintAt === undefined) return []
  const { constraint, constraintAt } = task
  const free = {
    title: 'Lift the constraint',
    action: 'task.constrain',
    input: { tasks: [{ id, constraint: 'asap' }] },
  }
  if (constraint !== 'mso' && constraint !== 'mfo') return [free]
  const soft = constraint === 'mso' ? 'snet' : 'fnet'
  return [
    {
      title:
        constraint === 'mso'
          ? 'Start no earlier than that date instead'
          : 'Finish no earlier than that date instead',
      action: 'task.constrain',
      input: { tasks: [{ id, constraint: soft, at: constraintAt }] },
    },
    free,
  ]
}

function offFixes(computed: Computed, conflict: Extract<Conflict, { kind: 'nonWorking' }>): ConflictFix[] {
  const { task: id, resource } = conflict
  if (resource !== undefined)
    return [
      {
        title: 'Ask the calendars of its people',
        action: 'task.edit',
        input: { tasks: [{ id, ignoreResourceCalendar: false }] },
      },
    ]
  const task = computed.rows.tasks.find((row) => row.id === id)
  if (task?.mode === 'manual') return [scheduled(id)]
  return [{ title: 'Move its date, or give it a calendar in which that day is worked.' }]
}

function scheduled(id: string): ConflictFix {
  return {
    title: 'Let links and calendars place it',
    action: 'task.edit',
    input: { tasks: [{ id, mode: 'auto' }] },
  }
}

function unlinked(link: string, title: string): ConflictFix {
  return { title, action: 'task.unlink', input: { links: [link] } }
}
