import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { Fault } from '../kernel/fault.ts'
import type { PaperDocument } from './blocks.ts'
import { type Pdf, type PdfOptions, renderPdf } from './pdf.ts'

// PDFs made beside the server's own thread: this file is both sides, the one that asks and the one that works.

const job = 'helmward/paper/pdf'

type Order = { number: number; document: PaperDocument; options: PdfOptions }
type Answer =
  | { number: number; started: true }
  | { number: number; pdf: Pdf }
  | { number: number; fault: { code: string; sentence: string; facts: Readonly<Record<string, unknown>> } }
  | { number: number; broken: string }

type Waiting = {
  order: Order
  progress: (share: number) => void
  resolve: (pdf: Pdf) => void
  reject: (reason: unknown) => void
  forget: () => void
}

/** `progress` hears 0 when its turn has come and 1 when the PDF stands; `signal` gives the work up. */
export type PdfWish = PdfOptions & { signal?: AbortSignal; progress?: (share: number) => void }

/**
 * One thread that makes PDFs, one after the other; it starts with the first order and keeps the process alive only
 * while it works. Whoever aborts is answered at once with `paper.cancelled`; a PDF in the making ends with its thread,
 * and the next order starts a new one. Refusals are those of renderPdf.
 */
export type PdfPress = {
  render: (document: PaperDocument, wish?: PdfWish) => Promise<Pdf>
  close: () => Promise<void>
}

export function pdfPress(): PdfPress {
  const queue: Waiting[] = []
  let thread: Worker | undefined
  let last = 0

  function next(): void {
    const [first] = queue
    if (!first) {
      thread?.unref()
      return
    }
    thread ??= start()
    thread.ref()
    thread.postMessage(first.order)
  }

  function start(): Worker {
    const made = new Worker(new URL(import.meta.url), { workerData: { job } })
    made.on('message', (answer: Answer) => {
      const [first] = queue
      if (first?.order.number !== answer.number) return
      if ('started' in answer) return first.progress(0)
      finish(first)
      settle(first, answer)
      next()
    })
    const lost = (reason: unknown) => {
      if (thread !== made) return
      thread = undefined
      const [first] = queue
      if (!first) return
      finish(first)
      first.reject(new Fault('paper.pdf', 'The thread that makes PDFs ended.', { reason: String(reason) }))
      next()
    }
    made.on('error', lost)
    made.on('exit', lost)
    return made
  }

  function finish(waiting: Waiting): void {
    const place = queue.indexOf(waiting)
    if (place >= 0) queue.splice(place, 1)
    waiting.forget()
  }

  function cancel(waiting: Waiting): void {
    const working = queue[0] === waiting
    finish(waiting)
    waiting.reject(new Fault('paper.cancelled', 'This PDF was given up before it was ready.'))
    if (working) {
      void end()
      next()
    }
  }

  function end(): Promise<unknown> {
    const ended = thread
    thread = undefined
    return ended ? ended.terminate() : Promise.resolve()
  }

  return {
    render: (document, { signal, progress = () => undefined, ...options } = {}) =>
      new Promise((resolve, reject) => {
        const order = { number: ++last, document, options }
        const onAbort = () => cancel(waiting)
        const forget = () => signal?.removeEventListener('abort', onAbort)
        const waiting: Waiting = { order, progress, resolve, reject, forget }
        queue.push(waiting)
        if (signal?.aborted) return cancel(waiting)
        signal?.addEventListener('abort', onAbort)
        if (queue.length === 1) next()
      }),
    close: async () => {
      for (const waiting of [...queue].reverse()) cancel(waiting)
      await end()
    },
  }
}

function settle(waiting: Waiting, answer: Exclude<Answer, { started: true }>): void {
  if ('pdf' in answer) {
    waiting.progress(1)
    waiting.resolve(answer.pdf)
  } else if ('fault' in answer) {
    waiting.reject(new Fault(answer.fault.code, answer.fault.sentence, answer.fault.facts))
  } else {
    waiting.reject(new Error(answer.broken))
  }
}

function work(order: Order): Answer {
  try {
    const { bytes, ...rest } = renderPdf(order.document, order.options)
    return { number: order.number, pdf: { ...rest, bytes: new Uint8Array(bytes) } }
  } catch (error) {
    if (!(error instanceof Fault)) return { number: order.number, broken: String(error) }
    return { number: order.number, fault: { code: error.code, sentence: error.message, facts: error.facts } }
  }
}

if (!isMainThread && (workerData as { job?: string } | null)?.job === job) {
  parentPort?.on('message', (order: Order) => {
    parentPort?.postMessage({ number: order.number, started: true } satisfies Answer)
    parentPort?.postMessage(work(order))
  })
}
