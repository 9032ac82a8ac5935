import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

// Writes the generated pages (docs/api/…) that apps/docs.ts describes, or with --check says which are stale.
// apps/docs.ts: export const generators: readonly { path: string; make(): string | Promise<string> }[]

type Generator = { path: string; make(): string | Promise<string> }

const house = fileURLToPath(new URL('..', import.meta.url))
const list = `${house}apps/docs.ts`

/** Paths of the pages whose stored text is not what their generator makes now. */
export async function stalePages(tree: string, generators: readonly Generator[]): Promise<string[]> {
  const made = await Promise.all(generators.map(async ({ path, make }) => ({ path, text: await make() })))
  return made.filter(({ path, text }) => storedText(`${tree}${path}`) !== text).map(({ path }) => path)
}

async function writePages(tree: string, generators: readonly Generator[]) {
  for (const { path, make } of generators) {
    mkdirSync(dirname(`${tree}${path}`), { recursive: true })
    writeFileSync(`${tree}${path}`, await make())
    console.log(path)
  }
}

function storedText(path: string) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

async function main() {
  if (!existsSync(list)) return console.log('apps/docs.ts is absent: there is nothing to generate.')
  const { generators } = (await import(list)) as { generators: readonly Generator[] }
  if (!process.argv.includes('--check')) return writePages(house, generators)
  const stale = await stalePages(house, generators)
  for (const path of stale) console.error(`${path} is stale: run \`npm run generate\` and commit it.`)
  process.exitCode = stale.length > 0 ? 1 : 0
}

if (import.meta.main) await main()
