import { expect, test } from 'vitest'
import { link, planOf, task } from './cases/case.ts'
import { editSchedule, keepSchedule } from './kept.ts'
import { newColumnTable, putColumns, resultAt, resultColumns } from './result-columns.ts'

const kept = keepSchedule(
  planOf({
    tasks: [
      task('build', 0),
      task('walls', 5, { parent: 'build' }),
      task('garden', 2.5),
      task('move in', 0, { milestone: true }),
    ],
    links: [link('walls', 'move in')],
  }),
)
if ('refused' in kept) throw new Error(kept.refused.code)

test('results go through columns and come out as they were, but for names and drivers', () => {
  const columns = resultColumns(kept.schedule, [3, 0, 2])
  for (const [k, place] of [3, 0, 2].entries()) {
    const { id: _id, drivers: _drivers, ...rest } = kept.schedule.tasks[place] ?? kept.schedule.tasks[0] ?? {}
    expect(resultAt(columns, k)).toEqual(rest)
  }
})

test('a table that gets what has changed equals the table of the whole answer', () => {
  const next = editSchedule(kept, [{ kind: 'task', task: task('walls', 7, { parent: 'build' }) }])
  if ('refused' in next) throw new Error(next.refused.code)
  const table = newColumnTable(4)
  putColumns(table, resultColumns(kept.schedule, [0, 1, 2, 3]))
  putColumns(table, resultColumns(next.schedule, next.changed))
  expect(table).toEqual(resultColumns(next.schedule, [0, 1, 2, 3]).values)
})
