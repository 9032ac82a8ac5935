import { tenthsBetween } from '../calendar/working-time.ts'
import { BIND, type Dates } from '../network/forward.ts'
import { newDecoder } from './decode.ts'
import { type Found, type Guide, geneticSearch } from './genetic.ts'
import type { TaskRef } from './plan-placing.ts'
import type { LevelState, ProjectState, Use } from './plan-state.ts'
import { type Core, compileProblem, type LevellingProblem, startsOfAll } from './problem.ts'
import { seededRandom } from './random.ts'
import { settingsFor } from './settings.ts'

/**
 * The tasks that may move: the more urgent first, among equals by rank (`priority`); by rank, then the more urgent
 * (`standard`); or as they stand in the plan.
 */
function orderedTasks(state: LevelState, rank: (ref: TaskRef) => number): TaskRef[] {
  const entries: { ref: TaskRef; urgency: number; rank: number }[] = []
  for (const [project, { pinned, urgency, order }] of state.projects.entries())
    for (let task = 0; task < pinned.length; task++)
      if (!pinned[task]) {
        const ref = { project, task }
        const place = order === 'plan' ? task : rank(ref)
        entries.push({ ref, urgency: order === 'plan' ? 0 : (urgency[task] as number), rank: place })
      }
  const rankFirst = state.projects[0]?.order === 'standard'
  entries.sort((a, b) =>
    rankFirst ? a.rank - b.rank || b.urgency - a.urgency : b.urgency - a.urgency || a.rank - b.rank,
  )
  return entries.map((entry) => entry.ref)
}

/** Latest start first (LST): the less slack, the sooner. */
export function orderByRule(state: LevelState): TaskRef[] {
  return orderedTasks(
    state,
    ({ project, task }) => (state.projects[project] as ProjectState).free.dates.lateStart[task] as number,
  )
}

/** Periods of the coarse problem: at least half an hour long, at most so many in all durations together. */
const SHORTEST_PERIOD = 300
const MOST_PERIODS = 60_000

/**
 * An order found by the genetic search on a coarse picture of the plans: finish-to-start only, one calendar a project,
 * whole periods. Its dates are not used, only the order in which it lets the tasks begin. Undefined when the
 * picture has nothing to search.
 */
export function orderBySearch(
  state: LevelState,
  search: {
    readonly seed: number
    readonly schedules: number
    /** How many of them the time is likely to allow. */
    readonly likely: number
    readonly goOn: (schedules: number) => boolean
  },
): { order: TaskRef[]; schedules: number } | undefined {
  const { problem, first } = coarseProblem(state)
  const core = compileProblem(problem)
  if ('refused' in core || core.count === 0) return undefined
  const found: Found = {
    makespan: Number.MAX_SAFE_INTEGER,
    finish: new Int32Array(core.count),
    schedules: 0,
  }
  const goOn = () =>
    found.schedules < search.schedules &&
    found.makespan > core.criticalPathLength &&
    (found.schedules === 0 || search.goOn(found.schedules))
  const random = seededRandom(search.seed)
  const settings = settingsFor(search.likely, core.count)
  geneticSearch(newDecoder(core), random, settings, found, goOn, guideOf(state, first, core))
  const starts = startsOfAll(
    core,
    found.finish.map((finish, i) => finish - (core.duration[i] as number)),
  )
  const order = orderedTasks(
    state,
    ({ project, task }) => starts[(first[project] as number) + task] as number,
  )
  return { order, schedules: found.schedules }
}

/** What stands already is where the search begins; urgent tasks go before the others. */
function guideOf(state: LevelState, first: readonly number[], core: Core): Guide {
  const jobCount = core.problem.jobs.length
  const classOf = new Float64Array(jobCount).fill(Number.POSITIVE_INFINITY)
  const start = new Float64Array(jobCount).fill(Number.NEGATIVE_INFINITY)
  for (const [p, { urgency, pinned, dates }] of state.projects.entries())
    for (let i = 0; i < pinned.length; i++) {
      const job = (first[p] as number) + i
      if (!pinned[i]) classOf[job] = urgency[i] as number
      start[job] = dates.start[i] as number
    }
  const of = (row: Float64Array, job: number) => row[core.place[job] as number] as number
  const classes = [...new Set(Array.from(core.place.keys(), (job) => of(classOf, job)))].sort((a, b) => b - a)
  const list = Int32Array.from(core.place.keys())
  list.sort((one, other) => of(start, one) - of(start, other) || one - other)
  if (classes.length < 2 || state.projects[0]?.order === 'standard') return { list }
  const urgency = Int32Array.from(core.place.keys(), (job) => classes.indexOf(of(classOf, job)))
  return { list, urgency }
}

type CoarseJob = { duration: number; demands: number[]; successors: number[] }

function coarseProblem(state: LevelState): {
  problem: LevellingProblem
  first: number[]
} {
  const scale = state.resources.map(({ capacity }) => capacity)
  for (const { uses } of state.projects)
    for (const row of uses)
      for (const { resource, amount } of row) scale[resource] = divisor(scale[resource] as number, amount)
  const capacities = state.resources.map(({ capacity }, r) =>
    Math.floor(capacity / Math.max(1, scale[r] as number)),
  )
  const period = periodOf(state)
  const jobs: CoarseJob[] = []
  const first: number[] = []
  for (const project of state.projects) {
    const base = jobs.length
    first.push(base)
    addNodes(jobs, project, period, capacities.length)
    for (const [i, row] of project.uses.entries()) addDemands(jobs[base + i], row, scale, capacities)
    addEdges(jobs, base, project)
    addHeads(jobs, base, project, period, capacities.length)
  }
  return { problem: { capacities, jobs }, first }
}

function periodOf(state: LevelState): number {
  let sum = 0
  for (const project of state.projects)
    for (let i = 0; i < project.network.taskCount; i++)
      if (!project.network.summary[i]) sum += workingLength(project, i)
  return Math.max(SHORTEST_PERIOD, Math.ceil(sum / MOST_PERIODS))
}

function workingLength({ network, free }: ProjectState, i: number): number {
  const { start, finish } = free.dates
  return Math.max(0, tenthsBetween(network.projectCalendar, start[i] as number, finish[i] as number))
}

/** Two jobs a task: its own, and its end when it is a summary task; the latter and summaries last no time. */
function addNodes(jobs: CoarseJob[], project: ProjectState, period: number, width: number): void {
  const { taskCount, summary } = project.network
  for (let node = 0; node < 2 * taskCount; node++) {
    const timed = node < taskCount && !summary[node]
    const length = timed ? workingLength(project, node) : 0
    const duration = length > 0 ? Math.max(1, Math.round(length / period)) : 0
    jobs.push({
      duration,
      demands: new Array<number>(width).fill(0),
      successors: [],
    })
  }
}

function addDemands(
  job: CoarseJob | undefined,
  row: readonly Use[],
  scale: readonly number[],
  capacities: readonly number[],
): void {
  for (const { resource, amount } of row)
    if (job)
      job.demands[resource] = Math.min(
        capacities[resource] as number,
        Math.round(amount / Math.max(1, scale[resource] as number)),
      )
}

function addEdges(jobs: CoarseJob[], base: number, { network }: ProjectState): void {
  const { taskCount: n, linkFrom, linkTo, linkType, summary, parent } = network
  const exitOf = (task: number) => base + (summary[task] ? n + task : task)
  for (let k = 0; k < linkFrom.length; k++)
    if (linkType[k] === 0) jobs[exitOf(linkFrom[k] as number)]?.successors.push(base + (linkTo[k] as number))
  for (let i = 0; i < n; i++) {
    const above = parent[i] as number
    if (above < 0) continue
    jobs[base + above]?.successors.push(base + i)
    jobs[exitOf(i)]?.successors.push(base + n + above)
  }
}

/** A task that no link sets begins no sooner than it stands: a job without demand comes before it. */
function addHeads(
  jobs: CoarseJob[],
  base: number,
  project: ProjectState,
  period: number,
  width: number,
): void {
  const { network, free, floor } = project
  const { bind, start }: Dates = free.dates
  for (let i = 0; i < network.taskCount; i++) {
    if (network.summary[i] || bind[i] === BIND.link || bind[i] === BIND.summary) continue
    const head = Math.round(tenthsBetween(network.projectCalendar, floor, start[i] as number) / period)
    if (head > 0)
      jobs.push({
        duration: head,
        demands: new Array<number>(width).fill(0),
        successors: [base + i],
      })
  }
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
