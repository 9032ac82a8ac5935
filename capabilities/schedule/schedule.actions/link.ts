import { z } from 'zod'
import { action } from '../../../kernel/action.ts'
import { Fault } from '../../../kernel/fault.ts'
import { applied, patchShape, ref } from '../../../kernel/record.ts'
import { Link, lag, Task } from '../schedule.model.ts'

const link = ref('link', 'Link')

export const linkTasks = action('task.link', {
  title: 'Link tasks',
  about: 'Makes successors wait for predecessors. Refused when tasks would wait for one another in a circle.',
  allow: 'schedule.write',
  input: z.strictObject({
    links: z
      .array(
        z.strictObject({
          id: z.uuid().meta({ title: 'Id' }),
          predecessor: Link.schema.shape.predecessor,
          successor: Link.schema.shape.successor,
          type: Link.schema.shape.type.default('fs'),
          lag: lag.optional(),
        }),
      )
      .min(1)
      .max(100_000),
  }),
  run: async (tx, { links }) => {
    const rows = await tx.many(
      Task,
      links.map(({ successor }) => successor),
    )
    for (const [index, { predecessor, successor }] of links.entries()) {
      if (predecessor === successor) {
        throw new Fault('schedule.selfLink', `"${rows[index]?.name}" cannot wait for itself.`, {
          task: successor,
        })
      }
    }
    await tx.putAll(
      Link,
      links.map((row, index) => ({ ...row, project: rows[index]?.project ?? null })),
    )
  },
})

export const editLinks = action('link.edit', {
  title: 'Edit links',
  about: 'Changes type or lag of links.',
  allow: 'schedule.write',
  input: z.strictObject({
    links: z
      .array(z.strictObject({ id: link, type: Link.schema.shape.type.optional(), lag: patchShape(Link).lag }))
      .min(1)
      .max(100_000),
  }),
  run: async (tx, { links }) => {
    const rows = await tx.many(
      Link,
      links.map(({ id }) => id),
    )
    const changes = links.flatMap(({ id: _id, ...patch }, index) => {
      const row = rows[index]
      return row ? [{ row, patch: applied(patch) }] : []
    })
    await tx.changeAll(Link, changes)
  },
})

export const unlinkTasks = action('task.unlink', {
  title: 'Unlink tasks',
  about: 'Removes links; successors no longer wait.',
  allow: 'schedule.write',
  input: z.strictObject({ links: z.array(link).min(1).max(100_000) }),
  run: async (tx, { links }) => tx.remove(Link, links),
})
