import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { filterRows, pagesFor, type RegisterColumn, type SortOrder, sortRows } from './rows.ts'

export type PageAsked = { offset: number; limit: number; order: SortOrder | undefined; filter: string }
/** Gives a page of rows and how many there are in all. */
export type RowLoader<Row> = (
  asked: PageAsked,
  signal: AbortSignal,
) => Promise<{ rows: readonly Row[]; total: number }>
export type RowSource<Row> = { rows: readonly Row[] } | { load: RowLoader<Row> }

const pageSize = 100

export type RegisterRows<Row> = {
  total: number
  isLoading: boolean
  failure: string | undefined
  rowAt: (index: number) => Row | undefined
  /** Tells which rows are in sight, so that their pages are fetched. */
  show: (first: number, last: number) => void
  retry: () => void
}

/** The rows of a register, all at once from memory or page by page from a loader, in the order and by the filter asked for. */
export function useRegisterRows<Row>(
  source: RowSource<Row>,
  columns: readonly RegisterColumn<Row>[],
  order: SortOrder | undefined,
  filter: string,
): RegisterRows<Row> {
  const given = 'rows' in source ? source.rows : undefined
  const inMemory = useMemo(
    () => (given ? sortRows(filterRows(given, columns, filter), columns, order) : undefined),
    [given, columns, order, filter],
  )
  const pages = usePages('load' in source ? source.load : undefined, order, filter)
  if (!inMemory) return pages
  return {
    total: inMemory.length,
    isLoading: false,
    failure: undefined,
    rowAt: (index) => inMemory[index],
    show: () => {},
    retry: () => {},
  }
}

type Book<Row> = {
  total: number
  pages: ReadonlyMap<number, readonly Row[]>
  failure: string | undefined
  isOpen: boolean
}

function emptyBook<Row>(): Book<Row> {
  return { total: 0, pages: new Map(), failure: undefined, isOpen: false }
}

function usePages<Row>(
  load: RowLoader<Row> | undefined,
  order: SortOrder | undefined,
  filter: string,
): RegisterRows<Row> {
  const [book, setBook] = useState<Book<Row>>(emptyBook)
  const asked = useRef(new Set<number>())
  const stop = useRef<AbortController | undefined>(undefined)
  const fetchPage = useCallback(
    async (page: number) => {
      if (!load || asked.current.has(page)) return
      asked.current.add(page)
      const { signal } = stop.current ?? new AbortController()
      try {
        const { rows, total } = await load(
          { offset: page * pageSize, limit: pageSize, order, filter },
          signal,
        )
        if (signal.aborted) return
        setBook((before) => ({
          total,
          pages: new Map(before.pages).set(page, rows),
          failure: undefined,
          isOpen: true,
        }))
      } catch (error) {
        if (signal.aborted) return
        asked.current.delete(page)
        const failure = error instanceof Error ? error.message : 'The rows could not be read.'
        setBook((before) => ({ ...before, failure, isOpen: true }))
      }
    },
    [load, order, filter],
  )
  useEffect(() => {
    const controller = new AbortController()
    stop.current = controller
    asked.current = new Set()
    setBook((before) => ({ ...emptyBook<Row>(), total: before.total }))
    void fetchPage(0)
    return () => controller.abort()
  }, [fetchPage])
  return {
    total: book.total,
    isLoading: load !== undefined && !book.isOpen,
    failure: book.failure,
    rowAt: (index) => book.pages.get(Math.floor(index / pageSize))?.[index % pageSize],
    show: (first, last) => {
      if (book.isOpen && !book.failure)
        for (const page of pagesFor(first, last, pageSize)) void fetchPage(page)
    },
    retry: () => {
      setBook((before) => ({ ...before, failure: undefined }))
      void fetchPage(0)
    },
  }
}
