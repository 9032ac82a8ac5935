import { ask } from '../../../ui/house/api.ts'
import { act, tellRefusal, tellStep, undoLast } from '../../../ui/house/changes.ts'
import { dayWords, type Grade, type Limit, type Point } from './health-words.ts'

/** What can be done on the health page; each is one step that one undo takes back. */
export type HealthEdits = {
  readonly fix: (point: Point, tasks?: readonly string[]) => Promise<void>
  readonly setLimit: (limit: Limit, value: number | string | null, level: LimitLevel) => Promise<void>
  readonly answer: (question: string, grade: Grade | null, evidence: string) => Promise<void>
}

export type LimitLevel = 'project' | 'workspace'

/** The hands of the page for one project. Refusals are told at the bottom; nothing is thrown. */
export function healthEdits(project: string): HealthEdits {
  return {
    fix: (point, tasks) => {
      const many = tasks ? tasks.length : undefined
      const words = `${point.name} fixed${many === undefined ? ' wherever it can be' : many === 1 ? ' for one task' : ` for ${many} tasks`}.`
      const some = tasks ? { tasks } : {}
      return step('health.fix', { project, point: point.number, ...some }, words, finishTold(project))
    },
    setLimit: (limit, value, level) => {
      const place = level === 'project' ? { in: project } : {}
      const said = value === null ? 'no longer said' : `now ${value}${limit.unit === '%' ? ' %' : ''}`
      const whom = level === 'project' ? 'this project' : 'all projects'
      const words = `Limit “${limit.title}” ${said} for ${whom}.`
      return step('health.setLimits', { ...place, limits: { [limit.name]: value } }, words)
    },
    answer: (question, grade, evidence) => {
      const text = evidence.trim()
      const basis = text === '' ? {} : { evidence: text }
      const words = grade === null ? `Answer ${question} withdrawn.` : `Question ${question} answered.`
      return step('health.answer', { project, question, grade, ...basis }, words)
    },
  }
}

type Compared = { readonly finish: { readonly before: string | null; readonly now: string | null } }

/** What a change has done to the end of the plan, in words. */
function finishTold(project: string): (seq: number) => Promise<string> {
  return async (seq) => {
    const { finish } = await ask<Compared>('schedule.compare', { project, with: { seq: seq - 1 } })
    if (finish.now === null || finish.before === null) return ''
    return finish.before === finish.now
      ? `The plan still ends ${dayWords(finish.now)}.`
      : `The plan ends ${dayWords(finish.now)} instead of ${dayWords(finish.before)}.`
  }
}

async function step(
  action: string,
  input: unknown,
  words: string,
  effectOf?: (seq: number) => Promise<string>,
): Promise<void> {
  try {
    const { seq } = await act(action, input, { words })
    // The change stands, whether or not its effect can be told.
    const effect = await effectOf?.(seq).catch(() => '')
    tellStep({
      lead: words,
      ...(effect ? { effect } : {}),
      action: { label: 'Undo', keyName: 'Ctrl Z', run: () => void undoLast() },
    })
  } catch (error) {
    tellRefusal(error)
  }
}
