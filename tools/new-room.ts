import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type RoomWords, roomFiles } from './room-template.ts'

// npm run new room x: writes capabilities/x/ and its line in apps/rooms.ts; the result passes the check at once.

/** Writes a new room into a tree; answers the paths written. Throws a sentence when the name will not do. */
export function writeRoom(tree: string, name: string): string[] {
  const words = wordsOf(name)
  const folder = `${tree}/capabilities/${name}`
  const ladder = `${tree}/apps/rooms.ts`
  if (existsSync(folder)) throw new Error(`capabilities/${name} is there already.`)
  if (!existsSync(ladder)) throw new Error('apps/rooms.ts, the list of rooms, is missing.')
  const list = withRoom(readFileSync(ladder, 'utf8'), words)
  mkdirSync(folder, { recursive: true })
  const files = roomFiles(words)
  for (const [file, text] of Object.entries(files)) writeFileSync(`${folder}/${file}`, text)
  writeFileSync(ladder, list)
  const written = [...Object.keys(files).map((file) => `capabilities/${name}/${file}`), 'apps/rooms.ts']
  format(tree, written)
  return written
}

/** `change-request` → constant CHANGE_REQUEST, type ChangeRequest, verb changeRequest, title Change request. */
function wordsOf(name: string): RoomWords {
  if (!/^[a-z]+(-[a-z]+)*$/.test(name)) {
    throw new Error(
      `"${name}" is no room name: one lower-case word in the singular, such as risk or change-request.`,
    )
  }
  const words = name.split('-')
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
  const type = words.map(capital).join('')
  const sentence = words.join(' ')
  return {
    name,
    constant: words.join('_').toUpperCase(),
    type,
    verb: type.charAt(0).toLowerCase() + type.slice(1),
    noun: sentence,
    one: `${/^[aeiou]/.test(sentence) ? 'an' : 'a'} ${sentence}`,
    title: capital(sentence),
  }
}

/** The list of rooms with one more at the end: the newest room may import all others. */
function withRoom(text: string, { name, constant }: RoomWords): string {
  const start = text.search(/export const ROOMS\b/)
  const end = text.indexOf(']', text.indexOf('= [', start))
  if (start < 0 || end < 0) throw new Error('apps/rooms.ts holds no `export const … = […]` of rooms.')
  const before = text.slice(0, end).trimEnd()
  const comma = before.endsWith(',') || before.endsWith('[') ? '' : ','
  const line = `import { ${constant} } from '../capabilities/${name}/${name}.room.ts'\n`
  return `${line}${before}${comma}\n  ${constant},\n${text.slice(end)}`
}

/** The formatter puts the new import in its place. */
function format(tree: string, files: string[]) {
  const biome = `${tree}/node_modules/@biomejs/biome/bin/biome`
  const run = spawnSync(process.execPath, [biome, 'check', '--write', ...files], {
    cwd: tree,
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`The new files are not clean:\n${run.stdout}${run.stderr}`)
}

function main() {
  const house = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
  const [what, name] = process.argv.slice(2)
  if (what !== 'room' || name === undefined) {
    console.error('Say: npm run new room NAME')
    process.exitCode = 2
    return
  }
  try {
    for (const path of writeRoom(house, name)) console.log(path)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 2
    return
  }
  const pages = spawnSync(process.execPath, [`${house}/tools/generate.ts`], { cwd: house, stdio: 'inherit' })
  process.exitCode = pages.status ?? 1
  console.log(
    `\nWrite capabilities/${name}/README.md first, and move its line in apps/rooms.ts to its place.`,
  )
}

if (import.meta.main) main()
