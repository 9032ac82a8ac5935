import type { Wish } from './wish.ts'

/** Speaks to the doors of a server: the own one, or a running one from outside. */
export type Doors = {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Heard>
  post(path: string, body: unknown): Promise<Heard>
}

type Heard = { readonly seq: number; readonly body: unknown }

/** Answers what a model wishes; `seq` is the change after which the answer stands, or the change that was made. */
export type Ask = (wish: Wish) => Promise<{ readonly seq: number; readonly answer: unknown }>

/** Asks at the ordinary doors, so that rights, reading and wording are theirs. */
export function askThrough(doors: Doors): Ask {
  return async (wish) => {
    if ('suppose' in wish) {
      const { body } = await doors.post('/api/what-if', {
        suppose: wish.suppose,
        ask: { query: wish.query, input: wish.input },
      })
      const { seq, output } = body as { seq: number; output: unknown }
      return { seq, answer: output }
    }
    if ('action' in wish) {
      const { body } = await doors.post(`/api/${wish.action}`, wish.input)
      const { seq, output } = body as { seq: number; output: unknown }
      return { seq, answer: output ?? 'done' }
    }
    const moment: Record<string, string> = wish.asOf === undefined ? {} : { asOf: wish.asOf }
    if ('query' in wish)
      return asked(doors, `/api/${wish.query}`, { input: JSON.stringify(wish.input), ...moment })
    const base = `/api/records/${wish.kind}`
    if (wish.what === 'list') return asked(doors, base, { size: '500', ...texts(wish.input), ...moment })
    const row = `${base}/${encodeURIComponent(String(wish.input.id))}`
    return asked(doors, wish.what === 'history' ? `${row}/history` : row, moment)
  }
}

async function asked(doors: Doors, path: string, query: Readonly<Record<string, string>>) {
  const { seq, body } = await doors.get(path, query)
  return { seq, answer: body }
}

function texts(input: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]))
}
