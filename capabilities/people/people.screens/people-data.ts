import { useQuery } from '@tanstack/react-query'
import { read } from '../../../ui/house/api.ts'
import { askKey, useAsk } from '../../../ui/house/data.ts'

type Person = { id: string; seq: number; name: string; email?: string; function?: string; left?: boolean }
export type Role = { id: string; name: string }
type Member = { id: string; person: string; role: string; project: string | null }

/** Somebody with the roles they hold. */
export type Somebody = Person & {
  held: readonly { id: string; role: string; projectName: string | undefined }[]
}

/** Everybody of the workspace, with roles by name. */
export function usePeople(): {
  people: readonly Somebody[] | undefined
  roles: readonly Role[] | undefined
  error: Error | null
} {
  const persons = useRecords<Person>('person')
  const roles = useRecords<Role>('role')
  const members = useAsk<readonly Member[]>('people.members', {})
  const projects = useAsk<readonly { id: string; name: string; code: string | null }[]>('project.list', {})
  const nameOf = new Map(projects.data?.map(({ id, code, name }) => [id, code ?? name]))
  const people = persons.data?.rows.map((person) => ({
    ...person,
    held: (members.data ?? [])
      .filter((member) => member.person === person.id)
      .map(({ id, role, project }) => ({
        id,
        role,
        projectName: project === null ? undefined : (nameOf.get(project) ?? 'a project'),
      })),
  }))
  return {
    people: members.data ? people : undefined,
    roles: roles.data?.rows,
    error: persons.error ?? roles.error ?? members.error,
  }
}

function useRecords<Row>(kind: string) {
  return useQuery({
    queryKey: askKey(`records/${kind}`, {}, undefined),
    queryFn: ({ signal }) =>
      read<{ rows: readonly Row[] }>(`/api/records/${kind}?size=500&sort=name`, signal),
  })
}
