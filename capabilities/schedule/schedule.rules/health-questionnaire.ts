import type { Read } from '../../../kernel/ledger/tx.ts'
import type { Stored } from '../../../kernel/record.ts'
import { Person } from '../../people/people.model.ts'
import { Assignment, Baseline, Link, PracticeAnswer, Task } from '../schedule.model.ts'
import { readBaseline } from './baseline.ts'
import { checkHealth } from './health-check.ts'
import { answerFromPlan, type FactAnswer } from './health-facts.ts'
import { GRADE_FIGURE, type Grade, gradeOf, meanOf } from './health-grades.ts'
import { CHARACTERISTICS, PRACTICES, type Question } from './health-practices.ts'
import { computePlan } from './view.ts'

/** What somebody said at one time. */
export type SaidAnswer = {
  readonly grade: Grade
  readonly evidence: string | null
  readonly by: string | null
  readonly at: string
}

export type QuestionView = {
  readonly key: string
  readonly text: string
  readonly by: 'plan' | 'person'
  /** null: not answered, or the plan cannot say. */
  readonly grade: Grade | null
  readonly evidence: string | null
  readonly offenders: FactAnswer['offenders']
  /** Who answered and when; null for what the plan answers and for what nobody has. */
  readonly said: SaidAnswer | null
  /** The plan has changed since it was answered. */
  readonly stale: boolean
  /** Former answers, the newest first. */
  readonly before: readonly SaidAnswer[]
}

/** The ten practices with their questions, answers and scores (1 not met … 5 met) at the moment of reading. */
export async function askPractices(read: Read, project: string) {
  const answerOf = await readAnswers(read, project)
  const factOf = await planFacts(read, project)
  const practices = PRACTICES.map(({ questions, ...practice }) => {
    const views = questions.map((question): QuestionView => {
      const { text, key, by } = question
      if (question.by === 'plan') {
        return { key, text, by, ...factOf(question), said: null, stale: false, before: [] }
      }
      const answer = answerOf(key)
      const { grade = null, evidence = null } = answer?.said ?? {}
      const rest = answer ?? { said: null, stale: false, before: [] }
      return { key, text, by, grade, evidence, offenders: [], ...rest }
    })
    const figures = views.flatMap(({ grade }) => (grade === null ? [] : [GRADE_FIGURE[grade]]))
    const open = views.filter((view) => view.by === 'person' && view.grade === null).length
    return { ...practice, ...scored(meanOf(figures), open), questions: views }
  })
  const characteristics = CHARACTERISTICS.map((name) => {
    const own = practices.filter(({ characteristic }) => characteristic === name)
    return { name, ...scored(meanOf(own.flatMap(({ score }) => score ?? [])), openIn(own)) }
  })
  const all = practices.flatMap(({ questions }) => questions)
  return {
    seq: read.seq,
    ...scored(meanOf(characteristics.flatMap(({ score }) => score ?? [])), openIn(practices)),
    questions: all.length,
    answered: all.filter(({ grade }) => grade !== null).length,
    stale: all.filter(({ stale }) => stale).length,
    characteristics,
    practices,
  }
}

/** A score so far, and what it means once nobody's answer is missing: what nobody has looked at is never called met. */
function scored(
  score: number | null,
  open: number,
): { score: number | null; grade: Grade | null; open: number } {
  return { score, grade: score === null || open > 0 ? null : gradeOf(score), open }
}

function openIn(practices: readonly { readonly open: number }[]): number {
  return practices.reduce((sum, { open }) => sum + open, 0)
}

type PlanQuestion = Extract<Question, { by: 'plan' }>

/** How the plan answers, computed once for all questions. */
async function planFacts(read: Read, project: string) {
  const computed = await computePlan(read, project)
  const { points, baseline: number } = await checkHealth(read, { project })
  const baseline = number === null ? undefined : { number, lines: await readBaseline(read, project, number) }
  const ground = { computed, points, baseline, today: read.at.slice(0, 10) }
  return ({ rests }: PlanQuestion) => answerFromPlan(ground, rests)
}

/** What people answered, by the key of the question. */
async function readAnswers(read: Read, project: string) {
  const rows = new Map((await read.all(PracticeAnswer, { project })).map((row) => [row.question, row]))
  const persons = new Map((await read.all(Person)).map(({ id, name }) => [id, name]))
  const changedAt = rows.size === 0 ? 0 : await lastChangeOfPlan(read, project)
  const said = ({ grade, evidence, by, at }: Stored<typeof PracticeAnswer>): SaidAnswer => ({
    grade,
    evidence: evidence ?? null,
    by: by === undefined ? null : (persons.get(by) ?? null),
    at,
  })
  const answers = new Map<string, { said: SaidAnswer; stale: boolean; before: SaidAnswer[] }>()
  for (const [key, row] of rows) {
    const versions = await read.history(PracticeAnswer, row.id)
    const before = versions.filter((version) => version.row.seq < row.seq).map((version) => said(version.row))
    answers.set(key, { said: said(row), stale: row.seq < changedAt, before: before.reverse() })
  }
  return (key: string) => answers.get(key)
}

const RESTS_ON = [Task, Link, Assignment, Baseline]

/** The last change of tasks, links, assignments or baselines; a reading of the past knows it from the rows it sees. */
async function lastChangeOfPlan(read: Read, project: string): Promise<number> {
  if (!read.past) return read.lastTouch(RESTS_ON, project)
  let last = 0
  for (const record of RESTS_ON) {
    for (const { seq } of await read.all(record, { project })) last = Math.max(last, seq)
  }
  return last
}
