/** Who acts, through whatever door. */
export type Actor = {
  readonly kind: 'person' | 'link' | 'token' | 'duty' | 'system'
  readonly id: string
  readonly name: string
}

/** The product itself: first set-up, and whoever works on a file of their own without any server. */
export const SYSTEM: Actor = { kind: 'system', id: '00000000-0000-0000-0000-000000000000', name: 'Helmward' }

/** Where a grant holds: in every project and the workspace, only for rows shared by all, or in one project. */
export type Reach = 'everywhere' | 'workspace' | { readonly project: string }

/** One thing granted: permissions (`schedule.write`, `schedule.*`, `*.read`, `*`) and where they hold. */
export type Grant = { readonly permissions: readonly string[]; readonly reach: Reach }

/** What all members may do, computed from roles and memberships by the room that keeps them. */
export type AccessBook = {
  readonly grantsOf: (actor: Actor) => readonly Grant[]
  /** The name under which an actor is shown now; undefined for nobody known. */
  readonly nameOf: (actorId: string) => string | undefined
}

/** How the ledger learns rights: which kinds decide them, and how to read the book from those rows. */
export type AccessSource = {
  readonly kinds: readonly string[]
  readonly book: (rows: (kind: string) => readonly Readonly<Record<string, unknown>>[]) => AccessBook
}

/** What one actor may do now. */
export type Rights = {
  readonly allows: (permission: string, project: string | null) => boolean
  /** The projects in which the actor holds the permission; 'all' when it was granted everywhere. */
  readonly projects: (permission: string) => ReadonlySet<string> | 'all'
  /** The projects in which the actor holds anything at all. */
  readonly anywhere: ReadonlySet<string> | 'all'
}

/** The same rights, and every right in these projects, which may become more while the rights are used. */
export function widened(rights: Rights, founded: ReadonlySet<string>): Rights {
  const all = (projects: ReadonlySet<string> | 'all') =>
    projects === 'all' || founded.size === 0 ? projects : new Set([...projects, ...founded])
  return {
    allows: (permission, project) =>
      (project !== null && founded.has(project)) || rights.allows(permission, project),
    projects: (permission) => all(rights.projects(permission)),
    anywhere: rights.anywhere,
  }
}

/** True when a granted pattern covers a permission: equal, `room.*`, `*.verb`, or `*`. */
export function covers(pattern: string, permission: string): boolean {
  return overlap(pattern, permission) === permission
}

/** What two patterns both cover, as a pattern: `schedule.*` and `*.read` make `schedule.read`; undefined for nothing. */
export function overlap(one: string, other: string): string | undefined {
  const [oneRoom = '', oneVerb = '*'] = one.split('.')
  const [otherRoom = '', otherVerb = '*'] = other.split('.')
  const room = common(oneRoom, otherRoom)
  const verb = common(oneVerb, otherVerb)
  if (room === undefined || verb === undefined) return undefined
  return room === '*' && verb === '*' ? '*' : `${room}.${verb}`
}

function common(one: string, other: string): string | undefined {
  if (one === '*') return other
  return other === '*' || other === one ? one : undefined
}

/** Grants cut to what these patterns cover and, where one is given, to one project and what all projects share. */
export function narrowed(
  grants: readonly Grant[],
  patterns: readonly string[],
  project: string | undefined,
): Grant[] {
  return grants.flatMap(({ permissions, reach }) => {
    const left = permissions.flatMap((own) => patterns.flatMap((pattern) => overlap(own, pattern) ?? []))
    if (project === undefined || reach === 'workspace') return [{ permissions: left, reach }]
    if (reach === 'everywhere')
      return [
        { permissions: left, reach: { project } },
        { permissions: left, reach: 'workspace' as const },
      ]
    return reach.project === project ? [{ permissions: left, reach }] : []
  })
}

/** Rights from grants. */
export function rightsFrom(grants: readonly Grant[], actor: Actor): Rights {
  const usable: readonly Grant[] =
    actor.kind === 'system' ? [{ permissions: ['*'], reach: 'everywhere' }] : grants
  const holders = (permission: string) =>
    usable.filter((grant) => grant.permissions.some((pattern) => covers(pattern, permission)))
  return {
    allows: (permission, project) => holders(permission).some((grant) => reaches(grant.reach, project)),
    projects: (permission) => projectsOf(holders(permission)),
    anywhere: projectsOf(usable),
  }
}

function reaches(reach: Reach, project: string | null): boolean {
  if (reach === 'everywhere') return true
  return reach === 'workspace' ? project === null : reach.project === project
}

function projectsOf(grants: readonly Grant[]): ReadonlySet<string> | 'all' {
  const ids = new Set<string>()
  for (const { reach } of grants) {
    if (reach === 'everywhere') return 'all'
    if (reach !== 'workspace') ids.add(reach.project)
  }
  return ids
}
