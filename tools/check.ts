import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// npm run check: everything that can be said of the source without running it. Two steps run at a time; each
// prints one line with its seconds, and its own words only when it fails.

type Step = { name: string; script: string; args: string[] }

const house = fileURLToPath(new URL('..', import.meta.url))
const fromPackage = (path: string) => `${house}node_modules/${path}`

const steps: Step[] = [
  {
    name: 'types',
    script: fromPackage('typescript/bin/tsc'),
    args: ['-p', 'tsconfig.json', '--pretty', 'false'],
  },
  {
    name: 'format and lint',
    script: fromPackage('@biomejs/biome/bin/biome'),
    args: ['ci', '--error-on-warnings', '--colors=off', '--max-diagnostics=200'],
  },
  { name: 'architecture', script: `${house}tools/architecture.ts`, args: [] },
  { name: 'unused code', script: fromPackage('knip/bin/knip.js'), args: ['--no-progress'] },
  { name: 'generated pages', script: `${house}tools/generate.ts`, args: ['--check'] },
  { name: 'names and purity', script: `${house}tools/limits.ts`, args: [] },
  { name: 'lock file', script: `${house}tools/complete-lock.js`, args: ['--check'] },
]

const waiting = [...steps]
const results: boolean[] = []
const workThrough = async () => {
  for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await passes(step))
}
await Promise.all([workThrough(), workThrough()])

const failed = results.filter((passed) => !passed).length
console.log(
  failed === 0
    ? `check: ${results.length} steps passed`
    : `check: ${failed} of ${results.length} steps failed`,
)
process.exitCode = failed === 0 ? 0 : 1

async function passes({ name, script, args }: Step): Promise<boolean> {
  const started = performance.now()
  const { code, said } = await run(script, args)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(18)} ${seconds.padStart(6)} s`)
  if (code !== 0) console.log(`${said.trim()}\n`)
  return code === 0
}

function run(script: string, args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: house,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        said += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, said }))
  })
}
