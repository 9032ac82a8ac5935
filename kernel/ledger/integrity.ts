import { rightsFrom, SYSTEM } from '../access.ts'
import { Fault } from '../fault.ts'
import type { RecordType } from '../record.ts'
import { type Present, through } from './overlay.ts'
import { createRead } from './read.ts'
import type { Version } from './store.ts'
import type { Written } from './tx.ts'
import type { Draught, Writing } from './write.ts'

/**
 * Checks, once an action has run, that what it leaves behind hangs together: unique keys are free, references name
 * rows that the actor may see (of the same project, or shared), and nothing refers to a removed row.
 * Refuses `<kind>.taken`, `reference.missing`, `<kind>.inUse`.
 */
export async function checkIntegrity(writing: Writing, draught: Draught): Promise<void> {
  const present = through(writing.present, [draught.layer])
  await checkUnique(writing, draught, present)
  await checkReferences(writing, draught, present)
  await checkRemovals(writing, draught, present)
}

/** Asks each room whether what it stands for still holds. */
export async function checkRooms(writing: Writing, draught: Draught): Promise<void> {
  const written = [...draught.layer].flatMap(([kind, rows]) =>
    [...rows].map(([id, version]): Written => {
      const old = draught.before.get(`${kind}/${id}`)
      const project = (version ?? old)?.project ?? null
      return { kind, id, project, was: old?.body, is: version?.body }
    }),
  )
  if (written.length === 0) return
  const present = through(writing.present, [draught.layer])
  const read = createRead({ ...writing, present, rights: rightsFrom([], SYSTEM), whole: true })
  for (const room of writing.registry.rooms) await room.holds?.(read, written)
}

async function checkUnique(writing: Writing, draught: Draught, present: Present): Promise<void> {
  for (const [kind, rows] of draught.layer) {
    const written = [...rows.values()].filter((version): version is Version => Boolean(version?.uniqueKey))
    if (written.length === 0) continue
    const holders = await present.byUniqueKeys(
      kind,
      written.map(({ uniqueKey }) => uniqueKey ?? ''),
    )
    const holderOf = new Map<string, Version>()
    for (const version of [...holders, ...written]) {
      const key = version.uniqueKey ?? ''
      const other = holderOf.get(key)
      if (other && other.id !== version.id) throw taken(writing.registry.record(kind), version)
      holderOf.set(key, version)
    }
  }
}

function taken(record: RecordType, version: Version): Fault {
  const values = Object.fromEntries(record.unique.map((field) => [field, version.body[field] ?? null]))
  const said = Object.values(values).join(', ')
  return new Fault(`${record.kind}.taken`, `There is already a ${record.title.toLowerCase()} "${said}".`, {
    values,
  })
}

async function checkReferences(writing: Writing, draught: Draught, present: Present): Promise<void> {
  const wanted = new Map<string, { version: Version; field: string; id: string }[]>()
  for (const [kind, rows] of draught.layer) {
    const record = writing.registry.record(kind)
    for (const version of rows.values()) {
      if (!version) continue
      const old = draught.before.get(`${kind}/${version.id}`)
      for (const [field, target] of Object.entries(record.refs)) {
        const id = version.body[field]
        if (typeof id !== 'string' || (id === old?.body[field] && version.project === old.project)) continue
        const list = wanted.get(target) ?? []
        wanted.set(target, list)
        list.push({ version, field, id })
      }
    }
  }
  for (const [target, places] of wanted) await checkTargets(writing, draught, present, target, places)
}

async function checkTargets(
  writing: Writing,
  draught: Draught,
  present: Present,
  target: string,
  places: readonly { version: Version; field: string; id: string }[],
): Promise<void> {
  const { registry, rights } = writing
  const found = await present.get(target, [...new Set(places.map(({ id }) => id))])
  const byId = new Map(found.map((version) => [version.id, version]))
  const permission = `${registry.roomOfKind(target)}.read`
  for (const { version, field, id } of places) {
    const row = byId.get(id)
    const made = row?.project && draught.madeProjects.has(row.project)
    const near =
      row?.project === null ||
      row?.project === version.project ||
      version.project === null ||
      registry.record(version.kind).crossProject.includes(field)
    if (row && near && (made || rights.allows(permission, row.project))) continue
    const title = registry.record(target).title.toLowerCase()
    throw new Fault('reference.missing', `The ${title} named here does not exist in this project.`, {
      kind: version.kind,
      id: version.id,
      field,
      target,
      targetId: id,
    })
  }
}

async function checkRemovals(writing: Writing, draught: Draught, present: Present): Promise<void> {
  for (const [kind, rows] of draught.layer) {
    const gone = new Set([...rows].flatMap(([id, version]) => (version === null ? [id] : [])))
    if (gone.size === 0) continue
    const projects = new Set([...gone].map((id) => draught.before.get(`${kind}/${id}`)?.project ?? null))
    for (const [referrer, field] of writing.registry.referrers(kind)) {
      const users = await usersOf(writing, present, referrer, field, gone, projects)
      if (users.length === 0) continue
      const record = writing.registry.record(kind)
      const by = writing.registry.record(referrer)
      const count =
        users.length === 1 ? `a ${by.title.toLowerCase()}` : `${users.length} ${by.plural.toLowerCase()}`
      throw new Fault(`${kind}.inUse`, `This ${record.title.toLowerCase()} is still used by ${count}.`, {
        kind,
        ids: [...gone].slice(0, 20),
        by: users.slice(0, 20).map((user) => ({ kind: referrer, id: user.id })),
      })
    }
  }
}

async function usersOf(
  writing: Writing,
  present: Present,
  referrer: string,
  field: string,
  gone: ReadonlySet<string>,
  projects: ReadonlySet<string | null>,
): Promise<Version[]> {
  const slot = writing.registry.record(referrer).index.indexOf(field)
  const uses = (version: Version) => gone.has(String(version.body[field]))
  if (slot >= 0)
    return (await present.list(referrer, { index: { slot, field, values: [...gone] } })).filter(uses)
  const lists = projects.has(null)
    ? [await present.list(referrer, {})]
    : await Promise.all([...projects].map((project) => present.list(referrer, { project })))
  return lists.flat().filter(uses)
}
