import { useMemo, useRef, useState } from 'react'
import { isoOf } from '../../../drawing/format.ts'
import type { EditRefusal, GanttCallbacks } from '../../../ui/gantt/gantt-props.ts'
import type { PlanRow } from '../../../ui/gantt/outline.ts'
import type { PlanPatch } from '../../../ui/gantt/plan-columns.ts'
import { newId, type SeenRow } from '../../../ui/house/api.ts'
import { act, asRefusal, tellRefusal } from '../../../ui/house/changes.ts'
import { holdTyping, typeIntoNextField } from '../../../ui/house/type-ahead.ts'
import type { Shown } from './plan-rows.ts'

/** What a row is shown as until the server has said what follows. */
type Ghost = { patch: Partial<PlanRow>; untilSeq: number | undefined }
type Ghosts = ReadonlyMap<string, Ghost>

export type PlanEdits = {
  /** The server's rows with what was just done here laid over them. */
  ghosted: (rows: readonly PlanRow[], seq: number) => readonly PlanRow[]
  callbacks: GanttCallbacks
  /** Performs any action on the plan as a step; the toast says what it did to the plan. */
  step: (doing: Doing) => Promise<EditRefusal | undefined>
}

export type Doing = {
  action: string
  input: unknown
  words: string
  ghosts?: readonly (readonly [string, Partial<PlanRow>])[]
  expected?: readonly SeenRow[]
  /** What the toast says is left out where the cell itself shows it. */
  quiet?: boolean
}

type Given = {
  shown: Shown | undefined
  may: { write: boolean; progress: boolean }
  onDone: (done: { seq: number; words: string; quiet: boolean }) => void
  onMade: (id: string) => void
}

/** Turns what hands do in the plan into actions: shown at once, sent, taken back with the reason when refused. */
export function usePlanEdits(given: Given): PlanEdits {
  const [ghosts, setGhosts] = useState<Ghosts>(new Map())
  const latest = useRef(given)
  latest.current = given
  const ownSeq = useRef(new Map<string, number>())
  const step = useRef(async (doing: Doing): Promise<EditRefusal | undefined> => {
    const laid = doing.ghosts ?? []
    const ids = laid.map(([id]) => id)
    setGhosts((before) => withGhosts(before, laid))
    try {
      const { seq, wrote } = await act(doing.action, doing.input, {
        words: doing.words,
        ...(doing.expected ? { expected: seenNow(doing.expected, ownSeq.current) } : {}),
      })
      for (const { id } of wrote) ownSeq.current.set(id, seq)
      setGhosts((before) => settled(before, ids, seq))
      latest.current.onDone({ seq, words: doing.words, quiet: doing.quiet === true })
      return undefined
    } catch (error) {
      setGhosts((before) => without(before, ids))
      return asRefusal(error)
    }
  }).current
  const { write, progress } = given.may
  const callbacks = useMemo(() => callbacksOf(latest, step, { write, progress }), [step, write, progress])
  return { ghosted: (rows, seq) => ghostRows(rows, ghosts, seq), callbacks, step }
}

function seenNow(seen: readonly SeenRow[], own: ReadonlyMap<string, number>): SeenRow[] {
  return seen.map((row) => ({ ...row, seq: Math.max(row.seq, own.get(row.id) ?? 0) }))
}

function withGhosts(before: Ghosts, laid: readonly (readonly [string, Partial<PlanRow>])[]): Ghosts {
  if (laid.length === 0) return before
  const next = new Map(before)
  for (const [id, patch] of laid)
    next.set(id, { patch: { ...before.get(id)?.patch, ...patch }, untilSeq: undefined })
  return next
}

function settled(before: Ghosts, ids: readonly string[], seq: number): Ghosts {
  const next = new Map(before)
  for (const id of ids) {
    const ghost = next.get(id)
    if (ghost) next.set(id, { ...ghost, untilSeq: seq })
  }
  return next
}

function without(before: Ghosts, ids: readonly string[]): Ghosts {
  const next = new Map(before)
  for (const id of ids) next.delete(id)
  return next
}

function ghostRows(rows: readonly PlanRow[], ghosts: Ghosts, seq: number): readonly PlanRow[] {
  const open = [...ghosts].filter(([, { untilSeq }]) => untilSeq === undefined || untilSeq > seq)
  if (open.length === 0) return rows
  const patches = new Map(open.map(([id, { patch }]) => [id, patch]))
  return rows.map((row) => {
    const patch = patches.get(row.id)
    return patch ? { ...row, ...patch } : row
  })
}

type Step = PlanEdits['step']

function callbacksOf(latest: { current: Given }, step: Step, may: Given['may']): GanttCallbacks {
  const told = (doing: Doing) =>
    void step(doing).then((refusal) => {
      if (refusal) tellRefusal(Object.assign(new Error(refusal.sentence), { code: refusal.code }))
    })
  const progress: GanttCallbacks = {
    onProgress: (id, percentComplete) => told(progressDoing(nameOf(latest, id), id, percentComplete)),
    onEdit: (id, patch) => step(editDoing(latest.current, id, patch)),
  }
  if (!may.write) return may.progress ? progress : {}
  return {
    ...progress,
    onMove: (ids, startMinute) => told(moveDoing(latest.current, ids, startMinute)),
    onResize: (id, durationMinutes) =>
      told({
        action: 'task.edit',
        input: { tasks: [{ id, durationMinutes }] },
        words: `Duration of “${nameOf(latest, id)}” changed.`,
        ghosts: [[id, { durationMinutes }]],
        expected: seenTasks(latest.current, [id]),
      }),
    onLink: (from, to, type) =>
      told({
        action: 'task.link',
        input: { links: [{ id: newId(), predecessor: from, successor: to, type }] },
        words: `“${nameOf(latest, to)}” now waits for “${nameOf(latest, from)}”.`,
      }),
    onIndent: (ids) => told(outlineDoing(latest, 'task.indent', ids, 'indented')),
    onOutdent: (ids) => told(outlineDoing(latest, 'task.outdent', ids, 'outdented')),
    onShift: (ids, direction) => {
      const place = placeBeside(latest.current.shown, ids, direction)
      if (place)
        told({
          action: 'task.move',
          input: { tasks: ids, ...place },
          words: wordsFor(latest, ids, 'moved'),
          quiet: true,
        })
    },
    onDelete: (ids) =>
      told({ action: 'task.remove', input: { tasks: ids }, words: wordsFor(latest, ids, 'deleted') }),
    onCreate: (after) => {
      const { shown, onMade } = latest.current
      if (!shown) return
      const id = newId()
      const input = { id, project: shown.project.id, name: 'New task', ...(after ? { after } : {}) }
      const typedAhead = holdTyping()
      typeIntoNextField('.hw-gantt', typedAhead)
      void step({ action: 'task.create', input, words: 'Task added.', quiet: true }).then((refusal) => {
        if (!refusal) return onMade(id)
        typedAhead()
        tellRefusal(Object.assign(new Error(refusal.sentence), { code: refusal.code }))
      })
    },
  }
}

function taskOf({ shown }: Given, id: string) {
  return shown?.tasks.find((task) => task.id === id)
}

function nameOf(latest: { current: Given }, id: string): string {
  return taskOf(latest.current, id)?.name ?? 'the task'
}

function wordsFor(latest: { current: Given }, ids: readonly string[], verb: string): string {
  const [first = ''] = ids
  return ids.length === 1 ? `“${nameOf(latest, first)}” ${verb}.` : `${ids.length} tasks ${verb}.`
}

function outlineDoing(
  latest: { current: Given },
  action: string,
  ids: readonly string[],
  verb: string,
): Doing {
  return { action, input: { tasks: ids }, words: wordsFor(latest, ids, verb), quiet: true }
}

function seenTasks({ shown }: Given, ids: readonly string[]): SeenRow[] {
  const wanted = new Set(ids)
  return (shown?.tasks ?? []).flatMap(({ id, seq }) => (wanted.has(id) ? [{ kind: 'task', id, seq }] : []))
}

function progressDoing(name: string, id: string, percentComplete: number): Doing {
  return {
    action: 'task.progress',
    input: { tasks: [{ id, percentComplete }] },
    words: `“${name}” is ${percentComplete} % done.`,
    ghosts: [[id, { percentComplete }]],
  }
}

/** What was typed into a cell, as the action it means. */
function editDoing(given: Given, id: string, patch: PlanPatch): Doing {
  const task = taskOf(given, id)
  const name = task?.name ?? ''
  if (typeof patch.percentComplete === 'number')
    return { ...progressDoing(name, id, patch.percentComplete), quiet: true }
  const { startMinute, finishMinute, ...fields } = patch
  const dates = {
    ...(typeof startMinute === 'number' ? { start: isoOf(startMinute) } : {}),
    ...(typeof finishMinute === 'number' ? { finish: isoOf(finishMinute) } : {}),
  }
  const isName = typeof fields.name === 'string'
  return {
    action: 'task.edit',
    input: { tasks: [{ id, ...fields, ...dates }] },
    words: isName ? `“${name}” is now “${String(fields.name)}”.` : `“${name}” edited.`,
    ghosts: [[id, patch as Partial<PlanRow>]],
    expected: seenTasks(given, [id]),
    quiet: isName,
  }
}

/** The first task gets the start, the others keep their distance to it. */
function moveDoing(given: Given, ids: readonly string[], startMinute: number): Doing {
  const rows = ids.flatMap((id) => taskOf(given, id) ?? []).filter(({ summary }) => !summary)
  const minute = (time: string) => Date.parse(`${time}Z`) / 60_000
  const [first] = rows
  const byMinutes = first ? startMinute - minute(first.start) : 0
  const moved = rows.map((task) => ({
    id: task.id,
    startMinute: minute(task.start) + byMinutes,
    finishMinute: minute(task.finish) + byMinutes,
  }))
  return {
    action: 'task.edit',
    input: { tasks: moved.map((task) => ({ id: task.id, start: isoOf(task.startMinute) })) },
    words: rows.length === 1 ? `“${first?.name ?? ''}” moved.` : `${rows.length} tasks moved.`,
    ghosts: moved.map(({ id, ...dates }) => [id, dates] as const),
    expected: seenTasks(
      given,
      moved.map(({ id }) => id),
    ),
  }
}

/** Where chosen rows go when they are moved by one place among their siblings. */
function placeBeside(
  shown: Shown | undefined,
  ids: readonly string[],
  direction: 'up' | 'down',
): { after: string } | { parent: string } | Record<string, never> | undefined {
  const tasks = shown?.tasks ?? []
  const chosen = new Set(ids)
  const first = tasks.find(({ id }) => chosen.has(id))
  if (!first) return undefined
  const siblings = tasks.filter(({ parent }) => parent === first.parent)
  const places = siblings.flatMap(({ id }, index) => (chosen.has(id) ? [index] : []))
  if (direction === 'down') {
    const next = siblings[(places.at(-1) ?? 0) + 1]
    return next && { after: next.id }
  }
  const top = places[0] ?? 0
  if (top === 0) return undefined
  const above = siblings[top - 2]
  if (above) return { after: above.id }
  return first.parent === null ? {} : { parent: first.parent }
}
