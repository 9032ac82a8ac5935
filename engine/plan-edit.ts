import type { Plan, PlanAssignment, PlanLink, PlanTask } from './plan.ts'

/**
 * One edit of a plan. `task` takes the place of the task with its id, or is added at the end; `link` and `assignment`
 * likewise. What is removed need not be there. `plan` is any other edit: everything as it shall be.
 */
export type PlanEdit =
  | { readonly kind: 'task'; readonly task: PlanTask }
  | { readonly kind: 'link'; readonly link: PlanLink }
  | { readonly kind: 'unlink'; readonly link: string }
  | { readonly kind: 'assignment'; readonly assignment: PlanAssignment }
  | { readonly kind: 'unassign'; readonly assignment: string }
  | { readonly kind: 'plan'; readonly plan: Plan }

/** The plan after the edits, one after another; the plan before stays as it is. */
export function editedPlan(plan: Plan, edits: readonly PlanEdit[]): Plan {
  let made = plan
  for (const edit of edits) made = afterEdit(made, edit)
  return made
}

function afterEdit(plan: Plan, edit: PlanEdit): Plan {
  if (edit.kind === 'task') return { ...plan, tasks: withItem(plan.tasks, edit.task) }
  if (edit.kind === 'link') return { ...plan, links: withItem(plan.links, edit.link) }
  if (edit.kind === 'unlink') return { ...plan, links: without(plan.links, edit.link) }
  if (edit.kind === 'assignment') return { ...plan, assignments: withItem(plan.assignments, edit.assignment) }
  if (edit.kind === 'unassign') return { ...plan, assignments: without(plan.assignments, edit.assignment) }
  return edit.plan
}

function withItem<T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] {
  const place = placeOfId(items, item.id)
  return place < 0 ? [...items, item] : items.with(place, item)
}

function without<T extends { readonly id: string }>(items: readonly T[], id: string): readonly T[] {
  const place = placeOfId(items, id)
  return place < 0 ? items : items.toSpliced(place, 1)
}

/** A plain search: a table of ids would have to be made anew after every removal. */
export function placeOfId(items: readonly { readonly id: string }[], id: string): number {
  for (let k = 0; k < items.length; k++) if (items[k]?.id === id) return k
  return -1
}
