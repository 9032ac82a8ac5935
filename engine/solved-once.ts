import type { Solution } from './network/solve.ts'
import type { Plan, Refused } from './plan.ts'
import { solved } from './schedule.ts'

/**
 * The solved network of a plan, solved once for all questions about it (why, who is busy, what conflicts) and
 * forgotten with it; a plan is never changed in place.
 */
export function solvedOnce(plan: Plan): Solution | Refused {
  const known = solutions.get(plan)
  if (known) return known
  const solution = solved(plan)
  if (!('refused' in solution)) solutions.set(plan, solution)
  return solution
}

const solutions = new WeakMap<Plan, Solution>()
