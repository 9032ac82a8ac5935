import type { LevelStep } from '../../../engine/levelling/plan.ts'
import type { LevelMove, PlanLevelling, RemainingOverload } from '../../../engine/levelling/plan-levelling.ts'
import type { Plan } from '../../../engine/plan.ts'
import { minuteOf, timeOf } from '../../../kernel/day.ts'
import type { Patch } from '../../../kernel/ledger/tx.ts'
import type { Assignment, Task } from '../schedule.model.ts'
import { heldText, reasonText, unlevelledText, wordingOf } from './level-words.ts'
import { projectTime, workingMinutesBetween } from './plan-words.ts'
import type { Computed } from './view.ts'

/** One task that levelling would move, and why. Times are the project's wall clock. */
export type LevelMoveView = {
  readonly project: string
  readonly task: string
  readonly uid: number | null
  readonly name: string
  readonly priority: number
  readonly from: string
  readonly to: string
  readonly fromFinish: string
  readonly toFinish: string
  /** Working time by which its finish moves out; below zero when it moves in. */
  readonly movedMinutes: number
  readonly delayMinutes: number
  /** When it is worked on, if it is interrupted. */
  readonly parts: readonly { readonly from: string; readonly to: string }[]
  /** Where what is left of a started task goes on. */
  readonly resume: string | null
  readonly why: string
  readonly heldBy: readonly string[]
}

/** What levelling would do, as plain data with a reason for each moved task; nothing is changed. */
export function levelPreview(plans: readonly Computed[], step: LevelStep) {
  const answer = step.answer()
  const wording = wordingOf(plans)
  const [main] = answer.projects
  const overload = overloadWriter(wording.resourceName, wording.taskName)
  return {
    finishBefore: timeOf(main?.finishBefore ?? 0),
    finishAfter: timeOf(main?.finishAfter ?? 0),
    /** No levelled plan can finish before this. */
    finishUnlimited: timeOf(main?.finishUnlimited ?? 0),
    projects: answer.projects.map((each, p) => ({
      project: each.id,
      name: plans[p]?.rows.project.name ?? '',
      minutesPerDay: plans[p]?.rows.project.minutesPerDay ?? 480,
      finishBefore: timeOf(each.finishBefore),
      finishAfter: timeOf(each.finishAfter),
      finishBound: timeOf(each.finishBound),
    })),
    schedules: answer.schedules,
    tried: step.tried,
    triedNext: step.triedNext ?? null,
    proven: answer.proven,
    moves: moveViews(plans, answer),
    overloadsBefore: answer.overloadsBefore.map(overload),
    overloads: answer.overloads.map(overload),
    unlevelled: answer.unlevelled.map(({ project, task, resource, reason }) => ({
      project,
      task,
      name: wording.taskName(task),
      text: unlevelledText(reason, resource, wording),
    })),
  }
}

function moveViews(plans: readonly Computed[], answer: PlanLevelling): LevelMoveView[] {
  const wording = wordingOf(plans)
  const calendars = new Map(plans.map(({ rows }) => [rows.project.id, projectTime(rows)]))
  const rowOf = new Map(plans.flatMap(({ rows }) => rows.tasks.map((task) => [task.id, task] as const)))
  return answer.moves.map((move): LevelMoveView => {
    const calendar = calendars.get(move.project)
    const { fromFinishMinute, toFinishMinute } = move
    const row = rowOf.get(move.task)
    return {
      project: move.project,
      task: move.task,
      uid: row?.uid ?? null,
      name: wording.taskName(move.task),
      priority: row?.priority ?? 500,
      from: timeOf(move.fromMinute),
      to: timeOf(move.toMinute),
      fromFinish: timeOf(fromFinishMinute),
      toFinish: timeOf(toFinishMinute),
      movedMinutes: calendar ? workingMinutesBetween(calendar, fromFinishMinute, toFinishMinute) : 0,
      delayMinutes: move.delayMinutes,
      parts: (move.parts ?? []).map(({ fromMinute, toMinute }) => ({
        from: timeOf(fromMinute),
        to: timeOf(toMinute),
      })),
      resume: move.rest ? timeOf(move.rest.resumeMinute) : null,
      why: reasonText(move.why, wording),
      heldBy: move.why.kind === 'resource' ? move.why.heldBy.map(({ task }) => task) : [],
    }
  })
}

function overloadWriter(resourceName: (id: string) => string, taskName: (id: string) => string) {
  return ({ resource, fromMinute, toMinute, tasks }: RemainingOverload) => ({
    resource,
    name: resourceName(resource),
    from: timeOf(fromMinute),
    to: timeOf(toMinute),
    tasks: tasks.map(({ task }) => task),
    held: tasks.map(({ project, task, heldBy }) => ({
      project,
      task,
      name: taskName(task),
      why: heldText(heldBy),
    })),
  })
}

/** What accepting moves writes: by task its delay or where its rest goes on, by assignment its work in parts. */
export type LevelWrites = {
  readonly tasks: ReadonlyMap<string, Patch<typeof Task>>
  readonly assignments: ReadonlyMap<string, Patch<typeof Assignment>>
}

/** Turns moves, all or the accepted ones, into what is to be written. */
export function levelWrites(answer: PlanLevelling, accepted: ReadonlySet<string> | undefined): LevelWrites {
  const moves = answer.moves.filter(({ task }) => !accepted || accepted.has(task))
  const split = new Set(moves.filter(({ parts }) => parts).map(({ task }) => task))
  const assignments = new Map<string, Patch<typeof Assignment>>()
  for (const { plan } of answer.projects)
    for (const { id, task, pieces } of plan.assignments)
      if (split.has(task) && pieces) assignments.set(id, { timephased: piecesAsSaid(pieces) })
  return { tasks: new Map(moves.map((move) => [move.task, taskPatch(move)])), assignments }
}

function taskPatch({ delayMinutes, rest }: LevelMove): Patch<typeof Task> {
  if (rest) return { stop: timeOf(rest.stopMinute), resume: timeOf(rest.resumeMinute) }
  return {
    levelingDelayMinutes: delayMinutes === 0 ? undefined : delayMinutes,
    levelingDelayElapsed: undefined,
  }
}

function piecesAsSaid(pieces: NonNullable<Plan['assignments'][number]['pieces']>) {
  return pieces.map(({ startMinute, finishMinute, workMinutes, actual }) => ({
    kind: actual ? ('actual' as const) : ('remaining' as const),
    start: timeOf(startMinute),
    finish: timeOf(finishMinute),
    workMinutes,
  }))
}

/** How far a search has come, in words: "finishes 12 May 2026, at best 8 May 2026". */
export function stepText({ finishes }: LevelStep): string {
  const finish = Math.max(...finishes.map(({ finishMinute }) => finishMinute))
  const bound = Math.max(...finishes.map(({ boundMinute }) => boundMinute))
  const day = (minute: number) => timeOf(minute).slice(0, 10)
  return finish <= bound
    ? `finishes ${day(finish)}, which cannot be bettered`
    : `finishes ${day(finish)}, at best ${day(bound)}`
}

/** The days between two local days must not run backwards. */
export function isBackwards(from: string | undefined, to: string | undefined): boolean {
  if (from === undefined || to === undefined) return false
  return minuteOf(`${to}T00:00:00`) < minuteOf(`${from}T00:00:00`)
}
