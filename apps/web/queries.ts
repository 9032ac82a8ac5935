import { QueryClient } from '@tanstack/react-query'
import { isFault } from '../../kernel/fault.ts'

/** What was read from the server. Large answers are taken as they come: comparing them costs more than drawing them. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      structuralSharing: false,
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && isFault(error) && error.code === 'server.unreachable',
    },
  },
})
