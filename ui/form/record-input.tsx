import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { read, refusalOf } from '../house/api.ts'

type Row = Readonly<Record<string, unknown>> & { id: string }
type Offer = { value: string; label: string }

type RecordInputProps = {
  kind: string
  /** The project whose records are offered beside those that all projects share. */
  project: string | undefined
  required: boolean
  label: string
  description?: ReactNode
  error?: ReactNode
  value?: string | null
  onChange?: (value: string | null) => void
  'data-autofocus'?: boolean
}

const mostOffers = 50

/** Chooses a record of a register by a few letters of it. */
export function RecordInput({ kind, project, required, ...given }: RecordInputProps) {
  const [words, setWords] = useState('')
  const known = useRef(new Map<string, string>())
  const chosen = given.value ? known.current.get(given.value) : undefined
  // What stands in the field after choosing is a label, not a question.
  const asked = words === chosen ? '' : words.trim()
  const { data, error } = useQuery({
    queryKey: ['register', kind, project, asked, given.value ?? null],
    queryFn: ({ signal }) => offersOf(kind, { project, words: asked, value: given.value }, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  for (const { value, label } of data ?? []) known.current.set(value, label)
  return (
    <Select
      {...given}
      withAsterisk={required}
      error={given.error ?? (error ? refusalOf(error).message : undefined)}
      data={data ?? []}
      searchable
      clearable={!required}
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options }) => options}
      nothingFoundMessage="Nothing of that name."
      openOnFocus={false}
      comboboxProps={{ withinPortal: false }}
    />
  )
}

/** Rows of the project and rows that all share; what is chosen already is always among them. */
async function offersOf(
  kind: string,
  wanted: { project: string | undefined; words: string; value: string | null | undefined },
  signal: AbortSignal,
): Promise<Offer[]> {
  const owners = kind === 'project' || wanted.project === undefined ? [undefined] : [wanted.project, 'none']
  const lists = await Promise.all(
    owners.map((owner) => {
      const search = new URLSearchParams({ size: String(mostOffers), q: wanted.words })
      if (owner !== undefined) search.set('project', owner)
      return read<{ rows: readonly Row[] }>(`/api/records/${kind}?${search}`, signal)
    }),
  )
  const rows = lists.flatMap((list) => list.rows)
  if (wanted.value && !rows.some(({ id }) => id === wanted.value))
    rows.unshift(await read<Row>(`/api/records/${kind}/${wanted.value}`, signal))
  return rows.map((row) => ({ value: row.id, label: labelOf(row) }))
}

function labelOf(row: Row): string {
  const said = [row.code, row.name ?? row.title].filter((word) => typeof word === 'string' && word !== '')
  return said.length > 0 ? said.join(' ') : row.id
}
