import { part } from '../../kernel/part.ts'
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
