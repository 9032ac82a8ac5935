import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia']
const run = promisify(execFile)

/** Dates of some example plans, as text, calculated by a process of its own that lives in another zone. */
const CALCULATE = `
import { calendarCases } from './engine/cases/calendar-cases.ts'
import { constraintCases } from './engine/cases/constraint-cases.ts'
import { finishCases } from './engine/cases/finish-cases.ts'
import { recurrenceCases } from './engine/cases/recurrence-cases.ts'
import { timeOf } from './engine/calendar/calendar.ts'
import { schedule } from './engine/schedule.ts'
const plans = [...calendarCases, ...constraintCases, ...finishCases, ...recurrenceCases].map((one) => one.plan)
const dates = plans.map(schedule).map(({ tasks }) => tasks.map((t) => timeOf(t.startMinute) + timeOf(t.lateFinishMinute)))
console.log(JSON.stringify({ zoneMinutes: new Date(2026, 0, 5).getTimezoneOffset(), dates }))
`

test('the same plans have the same dates wherever in the world they are calculated', async () => {
  const answers = await Promise.all(
    ZONES.map(async (zone) => {
      const arguments_ = ['--input-type=module', '--eval', CALCULATE]
      const { stdout } = await run(process.execPath, arguments_, { env: { ...process.env, TZ: zone } })
      return JSON.parse(stdout) as { zoneMinutes: number; dates: string[][] }
    }),
  )
  expect(new Set(answers.map(({ zoneMinutes }) => zoneMinutes)).size).toBe(ZONES.length)
  expect(answers[0]?.dates.length).toBeGreaterThan(30)
  for (const { dates } of answers) expect(dates).toEqual(answers[0]?.dates)
})
