import { z } from 'zod'
import { Fault } from '../fault.ts'
import type { Registry } from '../registry.ts'
import { lay } from './overlay.ts'
import { denied } from './read.ts'
import type { Request } from './request.ts'
import type { Seq, Version } from './store.ts'
import { type Deeper, JUDGED_ROW_BY_ROW, type Work } from './work.ts'
import { demandVisible, sealed } from './write.ts'

const UNDO_INPUT = z.strictObject({ seq: z.int().positive().meta({ title: 'Change' }) })

/** The work of putting back what stood before a change, as a new change that names it. */
export function undoWork(registry: Registry, request: Request, seq: Seq): Work {
  return {
    request,
    action: { name: 'change.undo', allow: JUDGED_ROW_BY_ROW, alsoWrites: [], input: UNDO_INPUT },
    input: { seq },
    undoes: seq,
    execute: async (_tx, deeper) => putBack(registry, deeper, seq),
  }
}

async function putBack(registry: Registry, deeper: Deeper, seq: Seq): Promise<{ undone: Seq }> {
  const { session, writing, draught } = deeper
  const [change] = await session.changes(seq - 1, 1)
  const { began, ended } = await session.written(seq - 1, seq)
  if (!change || change.seq !== seq || seq > writing.seq) {
    throw new Fault('change.missing', 'There is no such change.', { seq })
  }
  if (began.length === 0 && ended.length === 0) {
    throw new Fault('change.missing', 'This change wrote nothing that could be put back.', { seq })
  }
  const permissionAt = permissionOf(registry, change.action, seq)
  const before = new Map(ended.map((version) => [`${version.kind}/${version.id}`, version]))
  const after = new Map(began.map((version) => [`${version.kind}/${version.id}`, version]))
  for (const version of [...before.values(), ...after.values()]) {
    const places = [before.get(`${version.kind}/${version.id}`), after.get(`${version.kind}/${version.id}`)]
    for (const place of places)
      if (place && !mayUndo(deeper, permissionAt(place.kind), place, after))
        throw denied(permissionAt(place.kind))
  }
  await demandUntouched(deeper, seq, before, after)
  for (const [key, version] of new Map([...after, ...before])) {
    const old = before.get(key)
    draught.before.set(key, after.get(key))
    const { kind, id } = version
    if (!old) {
      lay(draught.layer, kind, id, null)
      continue
    }
    const { project, body } = old
    const record = registry.record(kind)
    demandVisible(writing, record, project, after.get(key)?.body ?? {}, body)
    lay(draught.layer, kind, id, sealed(writing, record, { id, project, body }))
  }
  return { undone: seq }
}

/** Who may do a thing may undo it; who made a whole project may undo the making by the right to make such things. */
function mayUndo(
  deeper: Deeper,
  needed: string,
  place: Version,
  after: ReadonlyMap<string, Version>,
): boolean {
  const { rights } = deeper.writing
  if (rights.allows(needed, place.project)) return true
  const madeHere = place.project !== null && after.get(`project/${place.project}`)
  return Boolean(madeHere) && rights.allows(needed, null)
}

/** What undoing needs at a row of a kind: what writing it needed. */
function permissionOf(registry: Registry, action: string, seq: Seq): (kind: string) => string {
  const roomsOwn = (kind: string) => `${registry.roomOfKind(kind)}.write`
  if (action === 'change.undo') return roomsOwn
  const { final, allow, alsoWrites, title } = registry.action(action)
  if (final)
    throw new Fault('change.final', `"${title}" cannot be undone: ${final}.`, { seq, action, why: final })
  const room = registry.roomOfAction(action)
  return (kind) => (registry.roomOfKind(kind) === room || alsoWrites.includes(kind) ? allow : roomsOwn(kind))
}

/** Refuses `change.overtaken` when somebody has changed, since, a row that the change wrote. */
async function demandUntouched(
  deeper: Deeper,
  seq: Seq,
  before: ReadonlyMap<string, Version>,
  after: ReadonlyMap<string, Version>,
): Promise<void> {
  const { writing, session } = deeper
  const kinds = new Map<string, Set<string>>()
  for (const { kind, id } of [...before.values(), ...after.values()]) {
    kinds.set(kind, (kinds.get(kind) ?? new Set()).add(id))
  }
  for (const [kind, ids] of kinds) {
    const now = new Map((await writing.present.get(kind, [...ids])).map((version) => [version.id, version]))
    for (const id of ids) {
      const expected = after.has(`${kind}/${id}`) ? seq : undefined
      if (now.get(id)?.fromSeq === expected) continue
      const [later] = now.get(id) ? await session.changes((now.get(id)?.fromSeq ?? 1) - 1, 1) : []
      const by = later ? (writing.book.nameOf(later.actor.id) ?? 'someone') : 'someone'
      throw new Fault('change.overtaken', `This cannot be undone any more: ${by} has changed it since.`, {
        seq,
        kind,
        id,
        by,
        since: later?.seq ?? null,
      })
    }
  }
}
