import { z } from 'zod'
import { query } from '../../kernel/action.ts'
import type { DeskItem } from '../../kernel/part.ts'
import { Project } from '../project/project.model.ts'
import { inOrder, newsOf } from './desk.rules.ts'

/** As many as a person would ever look through at once. */
const MOST_ITEMS = 200
const MOST_CHANGES = 1000
const MOST_LINES = 100

/** What waits for whoever asks. */
export const showDesk = query('desk.show', {
  title: 'My desk',
  about:
    'What waits for you: decisions, late work, what is under way and soon due, with what you can do at once.',
  allow: 'desk.read',
  input: z.strictObject({}),
  run: async (read) => {
    const parts = await read.collect('desk', {})
    const items = inOrder(parts.flatMap(({ answer }) => answer as DeskItem[]))
    const counts = { decide: 0, late: 0, doing: 0, due: 0 }
    for (const { group } of items) counts[group] += 1
    const names = new Map((await read.all(Project)).map(({ id, name }) => [id, name]))
    return {
      seq: read.seq,
      day: read.at.slice(0, 10),
      counts,
      items: items.slice(0, MOST_ITEMS).map((item) => ({
        ...item,
        projectName: item.project === null ? null : (names.get(item.project) ?? null),
      })),
    }
  },
})

/** What others changed. */
export const newsForMe = query('desk.news', {
  title: 'What changed',
  about:
    'What others have changed since a change that you name: who did what, in which project, newest first.',
  allow: 'desk.read',
  input: z.strictObject({
    after: z.int().min(0).meta({ title: 'After change', description: 'The last one that you have seen' }),
  }),
  run: async (read, { after }) => {
    const from = Math.max(after, read.seq - MOST_CHANGES)
    const lines = newsOf(await read.changes(from, { limit: MOST_CHANGES }), read.actor.id)
    const names = new Map((await read.all(Project)).map(({ id, name }) => [id, name]))
    return {
      seq: read.seq,
      /** The change from which on this tells: later than asked for when there were too many. */
      after: from,
      lines: lines.slice(0, MOST_LINES).map((line) => ({
        ...line,
        projectName: line.project === null ? null : (names.get(line.project) ?? null),
      })),
    }
  },
})
