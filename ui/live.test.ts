import { expect, test } from 'vitest'
import { type LiveSource, openLive } from './live.ts'

type Heard = { data?: string; lastEventId?: string }

function stage() {
  const opened: { url: string; say: (name: string, heard?: Heard) => void; closed: boolean }[] = []
  const waits: { milliseconds: number; run: () => void }[] = []
  const open = (url: string): LiveSource => {
    const listeners = new Map<string, (heard: Heard) => void>()
    const line = {
      url,
      say: (name: string, heard: Heard = {}) => listeners.get(name)?.(heard),
      closed: false,
    }
    opened.push(line)
    return {
      addEventListener: (name, listener) => listeners.set(name, listener),
      close: () => {
        line.closed = true
      },
    }
  }
  const wait = (milliseconds: number, run: () => void) => {
    waits.push({ milliseconds, run })
    return () => waits.splice(0)
  }
  return { opened, waits, open, wait }
}

test('a lost line is opened again from the last event that came', () => {
  const { opened, waits, open, wait } = stage()
  const heard: string[] = []
  openLive({ url: '/api/live', events: ['change'], onMessage: ({ data }) => heard.push(data), open, wait })
  opened[0]?.say('open')
  opened[0]?.say('change', { data: 'one', lastEventId: '48127' })
  opened[0]?.say('error')
  expect(opened[0]?.closed).toBe(true)
  waits[0]?.run()
  expect(opened[1]?.url).toBe('/api/live?lastEventId=48127')
  opened[1]?.say('change', { data: 'two', lastEventId: '48128' })
  expect(heard).toEqual(['one', 'two'])
})

test('each failed attempt waits longer, up to a quarter of a minute, and success begins anew', () => {
  const { opened, waits, open, wait } = stage()
  openLive({ url: '/api/live', events: [], onMessage: () => {}, open, wait })
  for (let attempt = 0; attempt < 7; attempt += 1) {
    opened.at(-1)?.say('error')
    waits.at(-1)?.run()
  }
  expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000])
  opened.at(-1)?.say('open')
  opened.at(-1)?.say('error')
  expect(waits.at(-1)?.milliseconds).toBe(500)
})

test('a closed stream says nothing more and does not come back', () => {
  const { opened, waits, open, wait } = stage()
  const heard: string[] = []
  const close = openLive({
    url: '/api/live',
    events: ['change'],
    onMessage: ({ data }) => heard.push(data),
    open,
    wait,
  })
  close()
  opened[0]?.say('change', { data: 'late' })
  opened[0]?.say('error')
  expect(heard).toEqual([])
  expect(waits).toHaveLength(0)
  expect(opened[0]?.closed).toBe(true)
})
