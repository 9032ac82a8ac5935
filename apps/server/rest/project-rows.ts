import type { Rights } from '../../../kernel/access.ts'
import { Fault } from '../../../kernel/fault.ts'
import type { Read } from '../../../kernel/ledger/tx.ts'
import type { RecordType } from '../../../kernel/record.ts'
import type { Registry } from '../../../kernel/registry.ts'
import type { ProjectText } from '../postgres/project-text.ts'
import type { Door, House } from './doors.ts'
import { isId } from './register.ts'

/**
 * `GET /api/project.rows?project=…`: what a browser fills its replica with, as `{ seq, rows, shared }`: all current
 * rows of the project by kind, and by kind the rows that all projects share. `since` from `seq` on tells the rest.
 * Where the actor may see every field, the project's rows go out as the database wrote them, never becoming objects.
 */
export const projectRowsDoor: Door = (server, house, who) => {
  const { registry } = house.ledger
  const own = registry.records.filter(({ scope }) => scope !== 'workspace')
  const shared = registry.records.filter(({ scope }) => scope === 'either')
  const texts = keptTexts(house, own)
  server.get('/api/project.rows', async (request, reply) => {
    const actor = await who(request)
    const project = projectOf(request.query)
    const rights = await house.ledger.rights(actor)
    const isFast = house.projectText !== undefined && seesEverything(registry, rights, own, project)
    const read = await house.ledger.read(actor, async (reading) => {
      await reading.get(registry.record('project'), project)
      return {
        seq: reading.seq,
        touched: await reading.lastTouch(own, project),
        rows: isFast ? undefined : await rowsOf(reading, own, project),
        shared: await rowsOf(reading, shared, null),
      }
    })
    const fast = isFast ? await texts(project, read.touched) : undefined
    // The text is never older than the reading; where it is newer, the first news say the same again.
    const { seq } = read
    const rows = fast?.text ?? JSON.stringify(read.rows)
    return reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('helmward-seq', String(seq))
      .send(`{"seq":${seq},"rows":${rows},"shared":${JSON.stringify(read.shared)}}`)
  })
}

function projectOf(query: unknown): string {
  const { project } = query as { project?: unknown }
  if (typeof project === 'string' && isId(project)) return project
  throw new Fault('input.invalid', 'project: the id of a project.', { name: 'project.rows' })
}

/** True when no row and no field of these kinds would be left out for the actor in this project. */
function seesEverything(
  registry: Registry,
  rights: Rights,
  records: readonly RecordType[],
  project: string,
): boolean {
  return records.every((record) => {
    const room = registry.roomOfKind(record.kind)
    const needed = ['read', ...Object.values(record.visible)]
    return needed.every((what) => rights.allows(`${room}.${what}`, project))
  })
}

async function rowsOf(read: Read, records: readonly RecordType[], project: string | null) {
  const rows: Record<string, unknown> = {}
  for (const record of records) rows[record.kind] = await read.all(record, { project })
  return rows
}

const MOST_TEXTS = 8

/** The texts of the projects last asked for, each good until a change touches a row of its project. */
function keptTexts(house: House, records: readonly RecordType[]) {
  const kept = new Map<string, ProjectText>()
  const kinds = records.map(({ kind }) => kind)
  return async (project: string, touched: number): Promise<ProjectText | undefined> => {
    const known = kept.get(project)
    const text =
      known && known.seq >= touched
        ? known
        : await house.projectText?.({ projects: new Set([project]) }, { project, kinds })
    if (!text) return undefined
    kept.delete(project)
    kept.set(project, text)
    const [oldest] = kept.keys()
    if (kept.size > MOST_TEXTS && oldest !== undefined) kept.delete(oldest)
    return text
  }
}
