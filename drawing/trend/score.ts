import { formatNumber } from '../format.ts'
import { crisp, type Mark, type Picture } from '../gantt/marks.ts'
import { axisTicks } from './axis.ts'
import { frameOf, xOf, yOf } from './frame.ts'

/** A score from 0 to 100 on each of some days; null where nothing could be judged. */
export type ScorePoint = { readonly dayMinute: number; readonly score: number | null }

const DAY = 1440

/** A score over time, from zero to a hundred, its last value named at the end. */
export function drawScore(
  points: readonly ScorePoint[],
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): Picture {
  const said = points.flatMap(({ dayMinute, score }) => (score === null ? [] : [{ dayMinute, score }]))
  const last = said.at(-1)
  if (!last) return { widthPx, heightPx, marks: [] }
  const first = Math.min(said[0]?.dayMinute ?? last.dayMinute, last.dayMinute - 28 * DAY)
  const days = { startMinute: first, finishMinute: last.dayMinute }
  const dates = { startMinute: 0, finishMinute: 100 }
  const frame = { ...frameOf({ days, dates, widthPx, heightPx, rightPx: 44 }), x: 30 }
  const room = { ...frame, width: Math.max(40, widthPx - 30 - 44) }
  const marks: Mark[] = []
  for (const score of [0, 50, 100]) {
    const at = crisp(yOf(room, score))
    const points = [room.x, at, room.x + room.width, at]
    marks.push(
      { kind: 'line', points, stroke: 'grid', widthPx: 1 },
      axisText(String(score), 24, at + 4, 'end'),
    )
  }
  for (const { minute, label } of axisTicks(days, Math.max(2, Math.floor(room.width / 70))))
    marks.push(axisText(label, xOf(room, minute), room.y + room.height + 16, 'middle'))
  const places = said.flatMap(({ dayMinute, score }) => [xOf(room, dayMinute), yOf(room, score)])
  const [x, y] = [xOf(room, last.dayMinute), yOf(room, last.score)]
  marks.push(
    { kind: 'line', points: places, stroke: 'c1', widthPx: 2 },
    { kind: 'circle', x, y, radius: 3.5, fill: 'c1' },
    {
      kind: 'text',
      x: x + 9,
      y: y + 4.5,
      text: formatNumber(last.score, 0),
      fill: 'ink',
      sizePx: 13,
      weight: 600,
      anchor: 'start',
    },
  )
  return { widthPx, heightPx, marks }
}

function axisText(text: string, x: number, y: number, anchor: 'middle' | 'end'): Mark {
  return { kind: 'text', x, y, text, fill: 'ink-3', sizePx: 11, weight: 400, anchor }
}
