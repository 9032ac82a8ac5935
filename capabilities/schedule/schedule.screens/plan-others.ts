import { useCallback, useEffect, useState } from 'react'
import { runningMilliseconds } from '../../../ui/house/clock.ts'
import { type ChangeNews, type News, useNews } from '../../../ui/house/data.ts'
import { showToast } from '../../../ui/toast.tsx'

/** Somebody else who is at work in this plan, and what they did last. */
export type Other = { id: string; name: string; did: string; atMilliseconds: number }

const shownMilliseconds = 60_000

/** Who else changes this plan; each change is told by name as it comes. */
export function useOthersHere(project: string): readonly Other[] {
  const [others, setOthers] = useState<readonly Other[]>([])
  const hear = useCallback(
    (news: News, foreign: readonly ChangeNews[]) => {
      const here = foreign.filter(({ touched }) => touched.some((row) => row.project === project))
      for (const change of here) {
        const did = deedOf(change, news)
        showToast({ lead: `${change.actor.name}`, effect: did })
        const other = {
          id: change.actor.id,
          name: change.actor.name,
          did,
          atMilliseconds: runningMilliseconds(),
        }
        setOthers((before) => [...before.filter(({ id }) => id !== other.id), other])
      }
    },
    [project],
  )
  useNews(hear)
  useEffect(() => {
    if (others.length === 0) return
    const timer = setTimeout(
      () =>
        setOthers((before) =>
          before.filter((one) => runningMilliseconds() - one.atMilliseconds < shownMilliseconds),
        ),
      shownMilliseconds,
    )
    return () => clearTimeout(timer)
  }, [others])
  return others
}

const deeds: Record<string, string> = {
  'task.create': 'added',
  'task.edit': 'edited',
  'task.move': 'moved',
  'task.indent': 'indented',
  'task.outdent': 'outdented',
  'task.remove': 'deleted tasks.',
  'task.link': 'linked tasks.',
  'task.unlink': 'unlinked tasks.',
  'task.assign': 'assigned work.',
  'task.constrain': 'constrained',
  'task.progress': 'recorded progress of',
  'baseline.take': 'took a baseline.',
  'change.undo': 'undid a change.',
}

function deedOf({ action, touched }: ChangeNews, news: News): string {
  const deed = deeds[action] ?? `did ${action}.`
  if (deed.endsWith('.')) return deed
  const ids = new Set(touched.filter(({ kind }) => kind === 'task').map(({ id }) => id))
  const names = news.rows.flatMap(({ kind, row }) =>
    kind === 'task' && ids.has(row.id) ? [row.name ?? ''] : [],
  )
  const [first] = names
  if (first === undefined) return `${deed} tasks.`
  return names.length === 1 ? `${deed} “${first}”.` : `${deed} ${names.length} tasks.`
}
