import { useEffect, useRef } from 'react'
import { formatDay } from '../../../drawing/format.ts'
import { minuteOf } from '../../../kernel/day.ts'
import type { PlanStyle } from '../../../ui/gantt/plan-columns.ts'
import { tellStep, undoLast } from '../../../ui/house/changes.ts'
import type { Shown } from './plan-rows.ts'

type Done = { seq: number; words: string; quiet: boolean }

/** Tells after each own change what it did to the end of the plan, as soon as the server has said so. */
export function useEffects(shown: Shown, plan: PlanStyle): (done: Done) => void {
  const waiting = useRef<Done[]>([])
  const finish = useRef(shown.project.finish)
  useEffect(() => {
    const before = finish.current
    finish.current = shown.project.finish
    const due = waiting.current.filter(({ seq }) => seq <= shown.seq)
    waiting.current = waiting.current.filter(({ seq }) => seq > shown.seq)
    const last = due.at(-1)
    if (!last || (last.quiet && before === shown.project.finish)) return
    tell(last.words, before, shown.project.finish, plan)
  }, [shown, plan])
  return (done) => {
    if (done.seq > shown.seq) waiting.current.push(done)
    else if (!done.quiet) tell(done.words, finish.current, finish.current, plan)
  }
}

function tell(words: string, before: string, now: string, { todayMinute }: PlanStyle): void {
  const day = (time: string) => formatDay(minuteOf(time), { todayMinute })
  tellStep({
    lead: words,
    effect:
      before === now
        ? `The plan still ends ${day(now)}.`
        : `The plan ends ${day(now)} instead of ${day(before)}.`,
    action: { label: 'Undo', keyName: 'Ctrl Z', run: () => void undoLast() },
  })
}
