export type LiveState = 'connecting' | 'open' | 'lost'
export type LiveMessage = { id: string; event: string; data: string }

/** What is needed of an EventSource; handed in so that reconnecting can be tested without a network. */
export type LiveSource = {
  addEventListener(name: string, listener: (event: { data?: string; lastEventId?: string }) => void): void
  close(): void
}

export type LiveOptions = {
  url: string
  events: readonly string[]
  onMessage: (message: LiveMessage) => void
  onState?: (state: LiveState) => void
  open?: (url: string) => LiveSource
  /** Waits before trying again; answers how to stop waiting. */
  wait?: (milliseconds: number, run: () => void) => () => void
}

const firstWaitMilliseconds = 500
const longestWaitMilliseconds = 15_000

/**
 * One stream of events from the server. The browser's own EventSource forgets `Last-Event-ID` once it gives up, so
 * the stream is opened anew with `?lastEventId=`, waiting twice as long each time up to 15 s. Answers how to close it.
 */
export function openLive(options: LiveOptions): () => void {
  const open = options.open ?? ((url: string) => new EventSource(url) as LiveSource)
  const wait = options.wait ?? waitInBrowser
  let lastId = ''
  let waitMilliseconds = firstWaitMilliseconds
  let isClosed = false
  let stopWaiting = () => {}
  let source: LiveSource | undefined

  const connect = () => {
    options.onState?.('connecting')
    const opened = open(withLastId(options.url, lastId))
    source = opened
    opened.addEventListener('open', () => {
      waitMilliseconds = firstWaitMilliseconds
      options.onState?.('open')
    })
    opened.addEventListener('error', () => {
      if (isClosed || source !== opened) return
      opened.close()
      source = undefined
      options.onState?.('lost')
      stopWaiting = wait(waitMilliseconds, connect)
      waitMilliseconds = Math.min(waitMilliseconds * 2, longestWaitMilliseconds)
    })
    for (const name of options.events) {
      opened.addEventListener(name, ({ data = '', lastEventId = '' }) => {
        if (isClosed) return
        if (lastEventId !== '') lastId = lastEventId
        options.onMessage({ id: lastEventId, event: name, data })
      })
    }
  }
  connect()
  return () => {
    isClosed = true
    stopWaiting()
    source?.close()
  }
}

function waitInBrowser(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds)
  return () => clearTimeout(timer)
}

function withLastId(url: string, lastId: string): string {
  if (lastId === '') return url
  return `${url}${url.includes('?') ? '&' : '?'}lastEventId=${encodeURIComponent(lastId)}`
}
