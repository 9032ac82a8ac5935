import { expect, test } from 'vitest'
import { timeOf } from '../calendar/calendar.ts'
import type { Schedule, TaskSchedule } from '../plan.ts'
import { schedule } from '../schedule.ts'
import { calendarCases } from './calendar-cases.ts'
import { type Case, DAY, type Expected } from './case.ts'
import { clockCases } from './clock-cases.ts'
import { constraintCases } from './constraint-cases.ts'
import { finishCases } from './finish-cases.ts'
import { linkCases } from './link-cases.ts'
import { outlineCases } from './outline-cases.ts'
import { peopleCases } from './people-cases.ts'
import { progressCases } from './progress-cases.ts'
import { recurrenceCases } from './recurrence-cases.ts'
import { refusalCases } from './refusal-cases.ts'
import { statedCases } from './stated-cases.ts'

const all: Case[] = [
  ...linkCases,
  ...constraintCases,
  ...calendarCases,
  ...progressCases,
  ...peopleCases,
  ...statedCases,
  ...outlineCases,
  ...finishCases,
  ...clockCases,
  ...recurrenceCases,
  ...refusalCases,
]

for (const example of all)
  test(example.title, () => {
    const answer = schedule(example.plan)
    if ('refused' in example) {
      expect(answer).toHaveProperty('refused.code', example.refused)
      if (example.facts) expect(answer).toHaveProperty('refused.facts', example.facts)
      return
    }
    if ('refused' in answer) throw new Error(`refused: ${JSON.stringify(answer.refused)}`)
    for (const [id, expected] of Object.entries(example.tasks)) {
      const found = answer.tasks.find((task) => task.id === id)
      if (!found) throw new Error(`no task ${id}`)
      expect({ id, ...sayAs(expected, found) }).toEqual({ id, ...expected })
    }
    expectProject(answer, example.project)
    expect([...new Set(answer.warnings.map((warning) => warning.code))].sort()).toEqual(
      [...(example.warnings ?? [])].sort(),
    )
  })

test('there are at least forty examples, and no two have the same title', () => {
  expect(all.length).toBeGreaterThanOrEqual(40)
  expect(new Set(all.map((example) => example.title)).size).toBe(all.length)
})

/** The answer in the words of the case, only what the case speaks of. */
function sayAs(expected: Expected, found: TaskSchedule): Record<string, unknown> {
  const short = (minute: number) => timeOf(minute).slice(0, 16)
  const said: Required<Expected> = {
    start: short(found.startMinute),
    finish: short(found.finishMinute),
    earlyStart: short(found.earlyStartMinute),
    lateStart: short(found.lateStartMinute),
    lateFinish: short(found.lateFinishMinute),
    totalSlackDays: found.totalSlackMinutes / DAY,
    freeSlackDays: found.freeSlackMinutes / DAY,
    durationDays: found.durationMinutes / DAY,
    critical: found.critical,
  }
  return Object.fromEntries(Object.entries(said).filter(([key]) => key in expected))
}

function expectProject(answer: Schedule, project: { start?: string; finish?: string } | undefined): void {
  if (project?.start) expect(timeOf(answer.startMinute).slice(0, 16)).toBe(project.start)
  if (project?.finish) expect(timeOf(answer.finishMinute).slice(0, 16)).toBe(project.finish)
}
