import { BIND, type Dates } from '../network/forward.ts'
import { STATE } from '../network/network.ts'
import type { Plan } from '../plan.ts'
import type { Overload } from './overload.ts'
import type {
  LevelMove,
  LevelProject,
  MoveReason,
  PlanLevelling,
  RemainingOverload,
  TaskName,
} from './plan-levelling.ts'
import type { TaskRef } from './plan-placing.ts'
import { partMoments, restOf, restore, type Settled } from './plan-settle.ts'
import { holdOf, type LevelState, type ProjectState, stretchesOf } from './plan-state.ts'

/** What a levelling comes to, task by task; the state's networks are put back to it. */
export function report(
  projects: readonly LevelProject[],
  state: LevelState,
  settled: Settled,
  {
    schedules,
    bounds,
    before,
  }: { schedules: number; bounds: readonly number[]; before: readonly Overload[] },
): PlanLevelling {
  restore(state, settled)
  const nameOf = (ref: TaskRef): TaskName => ({
    project: projects[ref.project]?.id ?? '',
    task: state.projects[ref.project]?.network.ids[ref.task] ?? '',
  })
  const boundOf = (p: number) => Math.min(bounds[p] as number, settled.finishes[p] as number)
  return {
    projects: projects.map(({ id }, p) => {
      const { given, free } = state.projects[p] as ProjectState
      return {
        id,
        plan: settled.plans[p] as Plan,
        finishBefore: given.finish / 10,
        finishAfter: (settled.finishes[p] as number) / 10,
        finishUnlimited: free.finish / 10,
        finishBound: boundOf(p) / 10,
      }
    }),
    moves: movesOf(state, settled, nameOf),
    overloads: settled.overloads.map((overload) =>
      overloadOf(state, overload, nameOf, (ref) => holdOfTask(state, settled, ref)),
    ),
    overloadsBefore: before.map((overload) => overloadOf(state, overload, nameOf, () => undefined)),
    unlevelled: settled.placing.unlevelled.map(({ reason, resource, ...ref }) => ({
      ...nameOf(ref),
      reason,
      resource: state.resources[resource]?.id ?? '',
    })),
    schedules,
    proven: settled.finishes.every((finish, p) => finish <= boundOf(p)),
  }
}

type HeldBy = RemainingOverload['tasks'][number]['heldBy']

function overloadOf(
  state: LevelState,
  { resource, from, to, tasks }: Overload,
  nameOf: (ref: TaskRef) => TaskName,
  heldBy: (ref: TaskRef) => HeldBy,
): RemainingOverload {
  return {
    resource: state.resources[resource]?.id ?? '',
    fromMinute: from / 10,
    toMinute: to / 10,
    tasks: tasks.map((ref) => {
      const held = heldBy(ref)
      return held ? { ...nameOf(ref), heldBy: held } : nameOf(ref)
    }),
  }
}

function holdOfTask(state: LevelState, { placing }: Settled, { project, task }: TaskRef): HeldBy {
  const failed = placing.unlevelled.find((each) => each.project === project && each.task === task)
  return holdOf(state.projects[project] as ProjectState, task) ?? failed?.reason
}

function movesOf(state: LevelState, settled: Settled, nameOf: (ref: TaskRef) => TaskName): LevelMove[] {
  const moves: LevelMove[] = []
  const holds = holdsByResource(state, settled.dates)
  for (const [p, project] of state.projects.entries()) {
    const { network, given } = project
    const { start, finish } = settled.dates[p] as Dates
    for (let i = 0; i < network.taskCount; i++) {
      if (network.summary[i]) continue
      const delayMinutes = (network.levelingDelay[i] as number) / 10
      const parts = project.split[i]
      const rest = network.state[i] === STATE.started ? restOf(project, i) : undefined
      const stays = given.dates.start[i] === start[i] && given.dates.finish[i] === finish[i]
      const before = given.network.levelingDelay[i] as number
      if (stays && before === network.levelingDelay[i] && !parts && !rest) continue
      moves.push({
        ...nameOf({ project: p, task: i }),
        fromMinute: (given.dates.start[i] as number) / 10,
        toMinute: (start[i] as number) / 10,
        fromFinishMinute: (given.dates.finish[i] as number) / 10,
        toFinishMinute: (finish[i] as number) / 10,
        delayMinutes,
        ...(parts ? { parts: partMoments({ network, dates: settled.dates[p] as Dates }, i, parts) } : {}),
        ...(rest ? { rest } : {}),
        why: whyMoved(state, settled, holds, nameOf, { project: p, task: i }),
      })
    }
  }
  return moves
}

/** A task's hold on a resource, in tenths. */
type Hold = TaskRef & { readonly from: number; readonly to: number }

function holdsByResource(state: LevelState, dates: readonly Dates[]): Hold[][] {
  const holds: Hold[][] = state.resources.map(() => [])
  for (const [project, each] of state.projects.entries())
    for (const [task, row] of each.uses.entries())
      for (const use of row)
        for (const stretch of stretchesOf(each, dates[project] as Dates, task, use))
          holds[use.resource]?.push({ project, task, ...stretch })
  return holds
}

function whyMoved(
  state: LevelState,
  { placing, dates }: Settled,
  holds: readonly (readonly Hold[])[],
  nameOf: (ref: TaskRef) => TaskName,
  { project, task }: TaskRef,
): MoveReason {
  const priorityOf = (ref: TaskRef) => state.projects[ref.project]?.plan.tasks[ref.task]?.priority ?? 500
  const hindrance = placing.hindrances[project]?.get(task)
  const { network } = state.projects[project] as ProjectState
  if (hindrance) {
    const { resource, until } = hindrance
    const heldBy = (holds[resource] ?? []).filter(
      (hold) => hold.from < until && hold.to >= until && !(hold.project === project && hold.task === task),
    )
    return {
      kind: 'resource',
      resource: state.resources[resource]?.id ?? '',
      priority: priorityOf({ project, task }),
      heldBy: heldBy.map((hold) => ({
        ...nameOf(hold),
        priority: priorityOf(hold),
        urgency: state.projects[hold.project]?.urgency[hold.task] ?? priorityOf(hold),
      })),
      freeAtMinute: until / 10,
    }
  }
  const { bind, bindRef } = dates[project] as Dates
  const ref = bindRef[task] as number
  if (bind[task] === BIND.link)
    return {
      kind: 'predecessor',
      task: network.ids[network.linkFrom[ref] as number] as string,
    }
  if (bind[task] === BIND.summary) return { kind: 'summary', task: network.ids[ref] as string }
  return { kind: 'delayDropped' }
}
