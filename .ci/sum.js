// node .ci/sum.js FOLDER: adds up vitest's JSON reports and the steps that failed; prints `N passed, N failed`.
// A step that failed without a failed test (a crash, a timeout, a lint error) counts one; no test at all fails too.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
const reports = readdirSync(folder).filter((name) => name.endsWith('.json'))
const sums = reports.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
const total = (field) => sums.reduce((sum, report) => sum + report[field], 0)

const failedSteps = existsSync(join(folder, 'failed-steps'))
  ? readFileSync(join(folder, 'failed-steps'), 'utf8').trim().split('\n')
  : []
for (const name of failedSteps) console.log(`failed step: ${name}`)

const passed = total('numPassedTests')
const failed = total('numFailedTests') + failedSteps.length + (passed === 0 ? 1 : 0)
const skipped = total('numPendingTests') + total('numTodoTests')
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0
