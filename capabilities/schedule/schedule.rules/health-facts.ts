import { dayNumber } from '../../../kernel/day.ts'
import type { BaselineLines } from '../schedule.model.ts'
import type { HealthPointView } from './health.ts'
import { type Grade, gradeOfAge, gradeOfShare } from './health-grades.ts'
import type { PlanFact } from './health-practices.ts'
import type { Computed } from './view.ts'

/** What the plan itself answers: a grade with the figure behind it, and the tasks that stand against it. */
export type FactAnswer = {
  /** null: the plan cannot say. */
  readonly grade: Grade | null
  readonly evidence: string
  readonly offenders: readonly { readonly id: string; readonly name: string; readonly why: string }[]
}

/** Everything that facts rest on. */
export type FactGround = {
  readonly computed: Computed
  readonly points: readonly HealthPointView[]
  readonly baseline: { readonly number: number; readonly lines: BaselineLines } | undefined
  /** The day of the reading. */
  readonly today: string
}

/** Answers one question from the plan. */
export function answerFromPlan(ground: FactGround, rests: PlanFact): FactAnswer {
  if ('point' in rests) return pointAnswer(ground.points[rests.point - 1])
  return FACTS[rests.fact](ground)
}

function pointAnswer(point: HealthPointView | undefined): FactAnswer {
  if (!point || point.pass === null || point.value === null)
    return { grade: null, evidence: point?.notApplicable ?? '', offenders: [] }
  const { number, name, value, unit, threshold, better, count, of, pass, offenders } = point
  const mark = unit === '%' ? ' %' : unit === 'days' ? ' working days' : ''
  const counted = count === undefined || of === undefined ? '' : ` (${count} of ${of})`
  const evidence = `Point ${number}, ${name.toLowerCase()}: ${value}${mark}${counted}, ${better === 'less' ? 'at most' : 'at least'} ${threshold}${mark} allowed.`
  // A test that is passed or not, or an index, has no half.
  const conforming = unit === '%' ? (better === 'less' ? 100 - value : value) : 0
  const grade = gradeOfShare(conforming, pass)
  return { grade, evidence, offenders: offenders.map(({ id, name: task, why }) => ({ id, name: task, why })) }
}

type Fact = Extract<PlanFact, { fact: string }>['fact']

const FACTS: Readonly<Record<Fact, (ground: FactGround) => FactAnswer>> = {
  ownNames: ({ computed }) => {
    const leaves = leavesOf(computed)
    const times = new Map<string, number>()
    for (const { name } of leaves) times.set(lowered(name), (times.get(lowered(name)) ?? 0) + 1)
    const twins = leaves.filter(({ name }) => (times.get(lowered(name)) ?? 0) > 1)
    return shareAnswer(leaves, twins, 'have a name that another task bears too', () => 'same name twice')
  },
  estimated: ({ computed }) => {
    const open = leavesOf(computed).filter(isOpen)
    const guessed = open.filter((task) => task.estimated)
    return shareAnswer(open, guessed, 'have a duration that was only estimated', () => 'duration estimated')
  },
  outline: ({ computed }) => {
    const leaves = leavesOf(computed).filter((task) => !computed.scheduleOf.get(task.id)?.milestone)
    const loose = leaves.filter(({ parent }) => parent === undefined)
    return shareAnswer(leaves, loose, 'stand outside any summary', () => 'below no summary')
  },
  freePath: ({ computed }) => {
    const path = leavesOf(computed).filter(
      (task) => isOpen(task) && computed.scheduleOf.get(task.id)?.critical,
    )
    const held = path.filter((task) => task.mode === 'manual' || HOLDING.has(task.constraint ?? 'asap'))
    return shareAnswer(path, held, 'of the critical path are held by a date', (task) =>
      task.mode === 'manual' ? 'scheduled by hand' : 'held by a constraint',
    )
  },
  recentStatus: ({ computed, today }) => {
    const status = computed.rows.project.statusDate?.slice(0, 10)
    if (status === undefined)
      return { grade: 'notMet', evidence: 'The plan has no status date.', offenders: [] }
    const age = Math.max(0, dayNumber(today) - dayNumber(status))
    const evidence = `The status date is ${status}, ${age} ${age === 1 ? 'day' : 'days'} before this reading.`
    return { grade: gradeOfAge(age), evidence, offenders: [] }
  },
  baselineCover: ({ computed, baseline }) => {
    if (!baseline) return { grade: 'notMet', evidence: 'No baseline has been taken.', offenders: [] }
    const known = new Set(baseline.lines.tasks.map(({ id }) => id))
    const leaves = leavesOf(computed)
    const strange = leaves.filter(({ id }) => !known.has(id))
    const words = `are not in baseline ${baseline.number}`
    return shareAnswer(leaves, strange, words, () => 'not in the baseline')
  },
}

const HOLDING: ReadonlySet<string> = new Set(['mso', 'mfo', 'snlt', 'fnlt', 'snet', 'fnet'])

type Row = Computed['rows']['tasks'][number]

function leavesOf({ rows, scheduleOf }: Computed): Row[] {
  return rows.tasks.filter((task) => {
    const dates = scheduleOf.get(task.id)
    return dates !== undefined && !dates.summary && !task.inactive && !task.external && !task.blank
  })
}

function isOpen({ actualFinish, percentComplete }: Row): boolean {
  return actualFinish === undefined && (percentComplete ?? 0) < 100
}

/** Up to 5 % against it still counts as met, as in the 14-point check. */
const TOLERATED_PERCENT = 5

function shareAnswer(
  of: readonly Row[],
  against: readonly Row[],
  words: string,
  why: (task: Row) => string,
): FactAnswer {
  if (of.length === 0) return { grade: null, evidence: 'There is no task to look at.', offenders: [] }
  const percent = (100 * against.length) / of.length
  return {
    grade: gradeOfShare(100 - percent, percent <= TOLERATED_PERCENT),
    evidence: `${against.length} of ${of.length} tasks ${words}.`,
    offenders: against.map((task) => ({ id: task.id, name: task.name, why: why(task) })),
  }
}

function lowered(name: string): string {
  return name.trim().toLowerCase()
}
