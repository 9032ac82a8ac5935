import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// Runs vitest on the chosen projects. With HELMWARD_REPORT=FILE a JSON report is written beside the spoken one.

const root = fileURLToPath(new URL('..', import.meta.url))
const report = process.env.HELMWARD_REPORT
const reporters = report ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : []
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const run = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = run.status ?? 1
