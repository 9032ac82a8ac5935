import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ask } from '../../../ui/house/api.ts'
import { askKey, instantOf, useAsOf } from '../../../ui/house/data.ts'
import type { conflictsOfSchedule } from '../schedule.actions/conflicts.ts'
import type { ConflictKind } from '../schedule.rules/conflicts.ts'
import type { Shown } from './plan-rows.ts'

export type ShownConflicts = Awaited<ReturnType<typeof conflictsOfSchedule.run>>

/** A page of the conflicts of a plan, or with `limit` 0 their counts alone. */
export function useConflicts(
  project: string,
  asked: { kinds?: readonly ConflictKind[]; limit: number },
): { data: ShownConflicts | undefined; error: Error | null } {
  const asOf = useAsOf()
  const input = { project, limit: asked.limit, ...(asked.kinds ? { kinds: asked.kinds } : {}) }
  const { data, error } = useQuery({
    queryKey: askKey('schedule.conflicts', input, asOf),
    queryFn: ({ signal }) =>
      ask<ShownConflicts>('schedule.conflicts', input, { asOf: instantOf(asOf), signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  return { data, error }
}

/** How much conflicts in a plan, for the badge on its button. */
export function useConflictCount({ project }: Shown): number | undefined {
  return useConflicts(project.id, { limit: 0 }).data?.count
}
