import { nextWorkingTenth, TENTHS_PER_DAY, tenthsBetween } from './calendar/working-time.ts'
import { latestOfLink } from './network/backward.ts'
import { refuse } from './network/check.ts'
import { BIND, limitOfLink } from './network/forward.ts'
import { CONSTRAINT, LINK, type Network, NONE, STATE } from './network/network.ts'
import { startBefore, startFrom } from './network/placing.ts'
import type { Solution } from './network/solve.ts'
import type { Driver, Plan, PlanTask, Refused, Schedule } from './plan.ts'
import { linkDriver } from './schedule.ts'
import { solvedOnce } from './solved-once.ts'

export type ExplanationStep = {
  readonly task: string
  /** `dates`: why the task stands where it stands; `limits`: what a summary task hands down to its children. */
  readonly role: 'dates' | 'limits'
  readonly startMinute: number
  readonly finishMinute: number
  /** What sets the date: everything that would have to give way, the one the chain follows first. */
  readonly drivers: readonly Driver[]
  /** What would set it next, with the working minutes until then in `slackMinutes`. */
  readonly next?: Driver
  /** All other limits, nearest first. */
  readonly others: readonly Driver[]
}

/** Why a task stands where it stands, step by step back to the project's start or to what somebody decided. */
export type Explanation = { readonly task: string; readonly steps: readonly ExplanationStep[] }

/**
 * Explains a task's date: for each task on its driving chain the limits that set it and the nearest of the others
 * ("Task Inspector", Microsoft Project). Facts only; the sentences are the reader's. `schedule` is what `schedule(plan)`
 * answered for this plan; the first question about a plan costs one more calculation. Refuses unknown tasks.
 */
export function explain(plan: Plan, schedule: Schedule, taskId: string): Explanation | Refused {
  if (schedule.tasks.length !== plan.tasks.length)
    return refuse('schedule.unknownTask', { task: taskId, tasks: schedule.tasks.length })
  const solution = solvedOnce(plan)
  if ('refused' in solution) return solution
  const { network } = solution
  const first = network.index.get(taskId)
  if (first === undefined) return refuse('schedule.unknownTask', { task: taskId })
  const steps: ExplanationStep[] = []
  const seen = new Set<number>()
  let at: { i: number; role: ExplanationStep['role'] } | undefined = { i: first, role: 'dates' }
  while (at) {
    const key: number = at.i * 2 + (at.role === 'limits' ? 1 : 0)
    if (seen.has(key)) break
    seen.add(key)
    const step = stepOf(solution, at.i, at.role)
    steps.push(step)
    at = nextOf(network, at.i, at.role, step.drivers[0])
  }
  return { task: taskId, steps }
}

/** Something that, when it gives way, lets the explained task finish earlier. */
export type Lever = {
  readonly task: string
  /** `duration`: it takes less time. `decision`: a constraint, stated dates or a levelling delay is lifted. */
  readonly kind: 'duration' | 'decision'
  /** What was decided. */
  readonly driver?: Driver
  /** So many working minutes it helps at most; then something else decides. null: nothing else does. */
  readonly gainMinutes: number | null
}

/**
 * What would let a task finish earlier, the task itself first and then along its chain. What is done cannot give way,
 * and nothing helps behind a step that two limits hold alike: both would have to.
 */
export function leversOf(plan: Plan, { steps }: Explanation): Lever[] {
  const taskOf = new Map(plan.tasks.map((task) => [task.id, task]))
  const levers: Lever[] = []
  let room = Number.POSITIVE_INFINITY
  let fromFinish = true
  for (const step of steps) {
    const task = taskOf.get(step.task)
    const [driver, ...tied] = step.drivers
    if (!task || !driver || task.actualFinishMinute) break
    const remaining = remainingOf(task)
    if (step.role === 'dates' && fromFinish && remaining > 0 && driver.kind !== 'summary')
      levers.push({ task: step.task, kind: 'duration', gainMinutes: Math.min(room, remaining) })
    if (driver.kind === 'actual' || driver.kind === 'external' || driver.kind === 'alap') break
    if (tied.some(({ kind }) => kind !== 'calendar' && kind !== 'resource')) break
    room = Math.min(room, step.next?.slackMinutes ?? Number.POSITIVE_INFINITY)
    if (driver.kind === 'constraint' || driver.kind === 'manual' || driver.kind === 'levelingDelay') {
      levers.push({ task: step.task, kind: 'decision', driver, gainMinutes: finite(room) })
      break
    }
    fromFinish = driver.kind === 'summary' || driver.linkType === 'fs' || driver.linkType === 'ff'
  }
  return levers
}

function finite(minutes: number): number | null {
  return Number.isFinite(minutes) ? minutes : null
}

function remainingOf(task: PlanTask): number {
  const duration = task.durationMinutes ?? 0
  const done = task.actualDurationMinutes ?? 0
  return task.actualStartMinute ? Math.max(0, task.remainingDurationMinutes || duration - done) : duration
}

/** The task the first driver speaks of; a chain ends at a decision, a fact, or the project's start. */
function nextOf(
  network: Network,
  i: number,
  role: ExplanationStep['role'],
  driver: Driver | undefined,
): { i: number; role: ExplanationStep['role'] } | undefined {
  if (!driver?.task || driver.kind === 'alap') return undefined
  const next = network.index.get(driver.task)
  if (next === undefined) return undefined
  const handsDown = driver.kind === 'summary' && !(network.summary[i] && role === 'dates')
  return { i: next, role: handsDown ? 'limits' : 'dates' }
}

function stepOf(solution: Solution, i: number, role: ExplanationStep['role']): ExplanationStep {
  const { network, dates } = solution
  const limits =
    role === 'limits'
      ? limitsHandedDown(solution, i)
      : network.summary[i]
        ? lastChildren(solution, i)
        : limitsOfLeaf(solution, i)
  const binding = limits.filter((limit) => (limit.slackMinutes ?? 0) <= 0)
  const others = limits
    .filter((limit) => (limit.slackMinutes ?? 0) > 0)
    .sort((a, b) => (a.slackMinutes ?? 0) - (b.slackMinutes ?? 0))
  const step = {
    task: network.ids[i] as string,
    role,
    startMinute: (dates.start[i] as number) / 10,
    finishMinute: (dates.finish[i] as number) / 10,
    drivers: mainFirst(solution, i, binding),
    others,
  }
  return others[0] ? { ...step, next: others[0] } : step
}

/** The limit noted by the forward pass leads, so that every road through the engine names the same driver. */
function mainFirst({ network, dates }: Solution, i: number, binding: Driver[]): Driver[] {
  if (dates.bind[i] !== BIND.link) return binding
  const place = network.linkPlace[dates.bindRef[i] as number] as number
  const id = network.plan.links[place]?.id
  return [...binding.filter((d) => d.link === id), ...binding.filter((d) => d.link !== id)]
}

function limitsOfLeaf(solution: Solution, i: number): Driver[] {
  const { network, dates } = solution
  const task = network.plan.tasks[i] as PlanTask
  const bind = dates.bind[i]
  const start = dates.start[i] as number
  if (bind === BIND.actual)
    return [{ kind: 'actual', minute: start / 10 }, ...predecessorLimits(solution, i, true)]
  if (bind === BIND.stated)
    return [
      { kind: task.external ? 'external' : 'manual', minute: start / 10 },
      ...predecessorLimits(solution, i, true),
    ]
  if (bind === BIND.alap) return successorLimits(solution, i)
  const limits = predecessorLimits(solution, i, (dates.overruled[i] as number) > NONE)
  const own = constraintLimit(solution, i)
  if (own) limits.push(own)
  if (bind === BIND.projectStart && network.plan.project.scheduleFrom === 'finish')
    limits.push(withSlack(solution, i, { kind: 'projectStart', minute: (dates.bound[i] as number) / 10 }))
  else addFloor(solution, i, limits)
  limits.push(...calendarLimits(solution, i))
  const delay = network.levelingDelay[i] as number
  if (delay <= 0) return limits
  return [{ kind: 'levelingDelay', minute: start / 10, slackMinutes: 0 }, ...beforeDelay(limits)]
}

/** Links as they hold before a levelling delay begins: the time of the delay is nobody's slack. */
function beforeDelay(limits: readonly Driver[]): Driver[] {
  const slackOf = ({ slackMinutes = 0 }: Driver) => slackMinutes
  const least = Math.min(...limits.filter(({ kind }) => kind === 'link').map(slackOf))
  return limits.map((limit) =>
    limit.kind === 'link' ? { ...limit, slackMinutes: slackOf(limit) - least } : limit,
  )
}

/**
 * Without what holds it now, and with no other limit on its start, a task would start with the project; what lies
 * before that decides nothing.
 */
function addFloor(solution: Solution, i: number, limits: Driver[]): void {
  const { network } = solution
  const { startMinute, scheduleFrom } = network.plan.project
  const kind = network.constraint[i] as number
  const placed = kind >= CONSTRAINT.mso || kind === CONSTRAINT.snet || kind === CONSTRAINT.fnet
  const isHeld = limits.some((one) => (one.slackMinutes ?? 0) > 0 && holdsStart(one))
  if (placed || isHeld || scheduleFrom === 'finish' || typeof startMinute !== 'number') return
  const floor = withSlack(solution, i, { kind: 'projectStart', minute: startMinute })
  const stronger = limits.filter((one) => (one.slackMinutes ?? 0) <= (floor.slackMinutes ?? 0))
  limits.splice(0, limits.length, ...stronger, floor)
}

function holdsStart({ kind, linkType }: Driver): boolean {
  return kind === 'summary' || (kind === 'link' && (linkType === 'fs' || linkType === 'ss'))
}

/** The start each link and the summary task above allow, with the working minutes left until the task's start. */
function predecessorLimits(solution: Solution, i: number, overruled: boolean): Driver[] {
  const { network, dates } = solution
  const limits: Driver[] = []
  for (let k = network.inStart[i] as number; k < (network.inStart[i + 1] as number); k++) {
    const link = network.inLink[k] as number
    const limit = limitOfLink(network, dates, link)
    const type = network.linkType[link]
    // What has begun, or was put where it is, is not moved: the limit itself is named, not what would follow from it.
    const asIs = type === LINK.fs || type === LINK.ss || network.state[i] !== STATE.open
    const minute = asIs ? limit : startBefore(network, i, limit)
    const driver = withSlack(solution, i, linkDriver(network, link, minute / 10))
    // A link that was overruled does not set the date, however late it is.
    limits.push(overruled ? { ...driver, slackMinutes: Math.max(driver.slackMinutes ?? 0, 0.1) } : driver)
  }
  const above = network.parent[i] as number
  const handed = above >= 0 ? (dates.handedStart[above] as number) : NONE
  if (handed > NONE)
    limits.push(
      withSlack(solution, i, { kind: 'summary', task: network.ids[above] as string, minute: handed / 10 }),
    )
  return limits
}

function withSlack({ network, dates }: Solution, i: number, driver: Driver): Driver {
  const limit = Math.round((driver.minute ?? 0) * 10)
  const at = network.state[i] === STATE.open ? startFrom(network, i, limit) : limit
  const calendar = network.ownCalendar[i] as Network['projectCalendar']
  return { ...driver, slackMinutes: Math.max(0, tenthsBetween(calendar, at, dates.start[i] as number)) / 10 }
}

function constraintLimit(solution: Solution, i: number): Driver | undefined {
  const { network } = solution
  const kind = network.constraint[i] as number
  const at = network.constraintAt[i] as number
  const task = network.plan.tasks[i] as PlanTask
  if (kind <= CONSTRAINT.alap) return undefined
  const onStart = kind === CONSTRAINT.snet || kind === CONSTRAINT.snlt || kind === CONSTRAINT.mso
  const minute = (onStart ? at : startBefore(network, i, at)) / 10
  const driver: Driver = { kind: 'constraint', constraint: task.constraint ?? 'asap', minute }
  const caps = kind === CONSTRAINT.snlt || kind === CONSTRAINT.fnlt
  if (!caps) return withSlack(solution, i, driver)
  // "No later than" drives only a task it has pulled back.
  return (solution.dates.overruled[i] as number) > NONE ? { ...driver, slackMinutes: 0 } : undefined
}

/** Work that may begin but does not, because nobody works then: the calendar, or a person's, moved the start on. */
function calendarLimits({ network, dates }: Solution, i: number): Driver[] {
  const bound = dates.bound[i] as number
  const start = dates.start[i] as number
  if (
    network.duration[i] === 0 ||
    bound === NONE ||
    bound >= start ||
    (network.levelingDelay[i] as number) > 0
  )
    return []
  const own = network.ownCalendar[i] as Network['projectCalendar']
  const minute = start / 10
  if (nextWorkingTenth(own, bound) === start) {
    // The night between two working days explains nothing.
    const days = Math.floor(start / TENTHS_PER_DAY) - Math.floor(bound / TENTHS_PER_DAY)
    return days > 1 ? [{ kind: 'calendar', calendar: own.id, minute }] : []
  }
  const work = network.workCalendar[i] as Network['projectCalendar']
  return [{ kind: 'resource', calendar: work.id, minute, ...personOf(network, i) }]
}

function personOf(network: Network, i: number): { resource?: string } {
  const task = network.ids[i]
  const assignment = network.plan.assignments.find((a) => a.task === task && a.resource !== null)
  return assignment?.resource ? { resource: assignment.resource } : {}
}

/** As late as possible: the successors, or the project's finish, hold the task. */
function successorLimits({ network, dates }: Solution, i: number): Driver[] {
  const calendar = network.ownCalendar[i] as Network['projectCalendar']
  const finish = dates.finish[i] as number
  const limits: Driver[] = []
  for (let k = network.outStart[i] as number; k < (network.outStart[i + 1] as number); k++) {
    const link = network.outLink[k] as number
    const type = network.linkType[link]
    const latest = latestOfLink(network, dates, link)
    if (latest === Number.POSITIVE_INFINITY) continue
    const stands = type === LINK.fs || type === LINK.ff ? finish : (dates.start[i] as number)
    const given = network.plan.links[network.linkPlace[link] as number]
    limits.push({
      kind: 'alap',
      task: network.ids[network.linkTo[link] as number] as string,
      link: given?.id ?? '',
      minute: latest / 10,
      slackMinutes: Math.max(0, tenthsBetween(calendar, stands, latest)) / 10,
    })
  }
  return limits.length > 0 ? limits : [{ kind: 'projectFinish', minute: finish / 10, slackMinutes: 0 }]
}

function lastChildren({ network, dates }: Solution, i: number): Driver[] {
  const limits: Driver[] = []
  for (let k = network.childStart[i] as number; k < (network.childStart[i + 1] as number); k++) {
    const c = network.child[k] as number
    if (network.state[c] === STATE.inactive) continue
    const finish = dates.finish[c] as number
    const slackMinutes =
      Math.max(0, tenthsBetween(network.projectCalendar, finish, dates.finish[i] as number)) / 10
    limits.push({ kind: 'summary', task: network.ids[c] as string, minute: finish / 10, slackMinutes })
  }
  return limits.sort((a, b) => (b.minute ?? 0) - (a.minute ?? 0))
}

function limitsHandedDown(solution: Solution, i: number): Driver[] {
  const { network, dates } = solution
  const handed = dates.handedStart[i] as number
  const limits: Driver[] = []
  const add = (driver: Driver, at: number) => {
    const slack = tenthsBetween(network.projectCalendar, at, handed)
    limits.push({ ...driver, slackMinutes: Math.max(0, slack) / 10 })
  }
  for (let k = network.inStart[i] as number; k < (network.inStart[i + 1] as number); k++) {
    const link = network.inLink[k] as number
    const type = network.linkType[link]
    if (type !== LINK.fs && type !== LINK.ss) continue
    const limit = limitOfLink(network, dates, link)
    add(linkDriver(network, link, limit / 10), limit)
  }
  const at = network.constraintAt[i] as number
  if (network.constraint[i] === CONSTRAINT.snet)
    add({ kind: 'constraint', constraint: 'snet', minute: at / 10 }, at)
  const above = network.parent[i] as number
  const from = above >= 0 ? (dates.handedStart[above] as number) : NONE
  if (from > NONE) add({ kind: 'summary', task: network.ids[above] as string, minute: from / 10 }, from)
  return limits.sort((a, b) => (a.slackMinutes ?? 0) - (b.slackMinutes ?? 0))
}
