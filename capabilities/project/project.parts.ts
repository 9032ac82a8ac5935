import { addDays } from '../../kernel/day.ts'
import { type DeskItem, part } from '../../kernel/part.ts'
import type { Step } from '../library/library.model.ts'
import { Gate, Phase } from './project.model.ts'

/** Phases in their order and the gates that end them, without dates. */
export const lifeCyclePart = part('template', 'project.lifeCycle', {
  title: 'Phases and gates',
  allow: 'project.read',
  run: async (read, { project }: { project: string }): Promise<Step[]> => {
    const phases = await read.all(Phase, { project })
    const gates = await read.all(Gate, { project })
    return [
      ...phases
        .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
        .map(({ id, name, rank }) => ({
          action: 'phase.add',
          input: { id: `$new:${id}`, in: '$project', name, rank },
        })),
      ...gates.map(({ id, name, phase }) => ({
        action: 'gate.add',
        input: {
          id: `$new:${id}`,
          in: '$project',
          name,
          ...(phase === undefined ? {} : { phase: `$new:${phase}` }),
        },
      })),
    ]
  },
})

/** How long before its day a gate stands on the desk. */
const GATE_AHEAD_DAYS = 14

/** Gates that are due soon or overdue, for whoever may decide there. */
export const gatesDue = part('desk', 'project.gates', {
  title: 'Gates to decide',
  allow: 'project.write',
  run: async (read): Promise<DeskItem[]> => {
    const today = read.at.slice(0, 10)
    const until = addDays(today, GATE_AHEAD_DAYS)
    const gates = await read.all(Gate)
    return gates.flatMap(({ id, project, name, state, on }) => {
      if (state !== 'open' || on === undefined || on > until || !read.allows('project.write', project))
        return []
      const when = on < today ? `was planned for ${on} and is not decided` : `is planned for ${on}`
      return [
        {
          key: `gate/${id}`,
          group: 'decide' as const,
          title: `Decide at gate ${name}`,
          why: `The gate ${when}.`,
          project,
          due: on,
          href: `/projects/${project}`,
          offers: [
            { label: 'Pass', action: 'gate.decide', input: { id, decision: 'passed', on: today } },
            {
              label: 'Pass with conditions',
              action: 'gate.decide',
              input: { id, decision: 'passedWithConditions', on: today },
              asks: 'conditions',
            },
          ],
        },
      ]
    })
  },
})
