import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { inRoot } from '../setup/root.js'

/** The parts of the engine that are tried: its folders, and `engine` for the files beside them. */
export function engineParts() {
  const folders = readdirSync(inRoot('engine'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'cases')
    .map((entry) => entry.name)
  return ['engine', ...folders.sort()]
}

const BY_HAND = '## What survives, read by hand'

/**
 * Writes `bench/results/mutation.md` from the reports of all parts that were ever run here. What people wrote about
 * the survivors at its end stays.
 */
export function writeResults() {
  const rows = engineParts().flatMap((part) => {
    const path = inRoot('.cache', 'mutate', `${part}.report.json`)
    return existsSync(path) ? [countsOf(part, path)] : []
  })
  const place = inRoot('bench', 'results', 'mutation.md')
  const before = existsSync(place) ? readFileSync(place, 'utf8') : ''
  const byHand = before.includes(BY_HAND) ? `\n${before.slice(before.indexOf(BY_HAND))}` : ''
  const page = `${pageOf(rows)}${byHand}`
  writeFileSync(place, page)
  console.log(`\n${page}`)
}

function countsOf(part, path) {
  const { files } = JSON.parse(readFileSync(path, 'utf8'))
  const counts = { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0, RuntimeError: 0 }
  for (const { mutants } of Object.values(files)) for (const { status } of mutants) counts[status]++
  const tried = Object.keys(files).length
  return {
    part,
    tried,
    all: filesOf(part),
    day: statSync(path).mtime.toISOString().slice(0, 10),
    files: byFile(files),
    ...counts,
  }
}

function filesOf(part) {
  const folder = part === 'engine' ? inRoot('engine') : inRoot('engine', part)
  return readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).length
}

function byFile(files) {
  return Object.entries(files).map(([path, { mutants }]) => {
    const found = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length
    const left = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage').length
    return { path, found, left }
  })
}

function pageOf(rows) {
  const total = sumOf(rows)
  const lines = [...rows, ...(rows.length > 1 ? [total] : [])].map(
    ({ part, day, tried, all, ...n }) =>
      `| ${part} | ${tried} of ${all} | ${day} | ${n.Killed} | ${n.Timeout} | ${n.Survived} | ${n.NoCoverage} | ${scoreOf(n)} |`,
  )
  const files = rows
    .flatMap((row) => row.files)
    .filter(({ found, left }) => found + left > 0)
    .sort((a, b) => share(a) - share(b))
    .map(({ path, found, left }) => `| ${path} | ${found} | ${left} | ${percent(found, found + left)} |`)
  return `# Which faults the tests of the engine find

Written by \`npm run mutate\`: Stryker changes the code of the engine on purpose, one small fault at a time, and the tests
of that part run until one fails. Score: (killed + timeout) ÷ all but faults that do not even load.

| part | files | day | killed | timeout | survived | not covered | score |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
${lines.join('\n')}

- Only a part's own tests and the example plans in \`engine/cases\` count, the laws with a thirtieth of their plans; the
  ordinary run finds more. Comparisons with outside data are not counted.
- A fault that makes a loop endless ends by timeout.
- Survivors of a run with file and line: \`.cache/mutate/PART.report.json\`.

## Files, weakest first

| file | found | left | score |
| --- | ---: | ---: | ---: |
${files.join('\n')}
`
}

function sumOf(rows) {
  const sum = (field) => rows.reduce((all, row) => all + row[field], 0)
  return {
    part: '**all**',
    tried: sum('tried'),
    all: sum('all'),
    day: '',
    Killed: sum('Killed'),
    Timeout: sum('Timeout'),
    Survived: sum('Survived'),
    NoCoverage: sum('NoCoverage'),
  }
}

function scoreOf({ Killed, Timeout, Survived, NoCoverage }) {
  return percent(Killed + Timeout, Killed + Timeout + Survived + NoCoverage)
}

function share({ found, left }) {
  return found / (found + left)
}

function percent(part, whole) {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
}
