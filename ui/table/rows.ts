/** A column of a register. `sort` gives what rows are ordered by; without it the column is not sortable. */
export type RegisterColumn<Row> = {
  key: string
  title: string
  widthPx: number
  isNumber?: boolean
  text: (row: Row) => string
  sort?: (row: Row) => string | number | null
}

export type SortOrder = { key: string; direction: 'ascending' | 'descending' }

const words = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Rows in the order of a column; what has no value comes last either way, equals keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly RegisterColumn<Row>[],
  order: SortOrder | undefined,
): readonly Row[] {
  const value = columns.find(({ key }) => key === order?.key)?.sort
  if (!order || !value) return rows
  const sign = order.direction === 'ascending' ? 1 : -1
  return rows.toSorted((a, b) => compare(value(a), value(b), sign))
}

function compare(a: string | number | null, b: string | number | null, sign: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return (a - b) * sign
  return words.compare(String(a), String(b)) * sign
}

/** Rows in which every typed word occurs in some column. */
export function filterRows<Row>(
  rows: readonly Row[],
  columns: readonly RegisterColumn<Row>[],
  typed: string,
): readonly Row[] {
  const sought = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  if (sought.length === 0) return rows
  return rows.filter((row) => {
    const text = columns
      .map((column) => column.text(row))
      .join('\n')
      .toLocaleLowerCase()
    return sought.every((word) => text.includes(word))
  })
}

/** The order a click on a head asks for: ascending, descending, then as it was. */
export function nextOrder(order: SortOrder | undefined, key: string): SortOrder | undefined {
  if (order?.key !== key) return { key, direction: 'ascending' }
  return order.direction === 'ascending' ? { key, direction: 'descending' } : undefined
}

/** The pages of `pageSize` rows that rows `first` to `last` lie on. */
export function pagesFor(first: number, last: number, pageSize: number): number[] {
  const pages: number[] = []
  for (let page = Math.floor(Math.max(first, 0) / pageSize); page * pageSize <= last; page += 1)
    pages.push(page)
  return pages
}
