import { type Colour, coloursOf, type Ground } from '../colours.ts'
import type { CircleMark, LineMark, Mark, Picture, PolygonMark, RectMark, TextMark } from './marks.ts'

/** What painting needs of a `CanvasRenderingContext2D`, so that it can be tested without a browser. */
export type Pen = {
  fillStyle: unknown
  strokeStyle: unknown
  lineWidth: number
  globalAlpha: number
  font: string
  textAlign: string
  lineJoin: string
  beginPath(): void
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  closePath(): void
  rect(x: number, y: number, width: number, height: number): void
  roundRect(x: number, y: number, width: number, height: number, radius: number): void
  arc(x: number, y: number, radius: number, from: number, to: number): void
  fill(): void
  stroke(): void
  clip(): void
  save(): void
  restore(): void
  translate(x: number, y: number): void
  fillRect(x: number, y: number, width: number, height: number): void
  fillText(text: string, x: number, y: number): void
  strokeText(text: string, x: number, y: number): void
  setLineDash(dash: number[]): void
}

type Brush = { pen: Pen; colours: Readonly<Record<Colour, string>>; family: string }

/** Paints a picture on a pen whose unit is the CSS pixel. The ground is filled first. */
export function paintCanvas(pen: Pen, picture: Picture, ground: Ground, family = 'Inter Variable'): void {
  const brush = { pen, colours: coloursOf(ground), family: `"${family}", Inter, system-ui, sans-serif` }
  pen.globalAlpha = 1
  pen.fillStyle = brush.colours.bg
  pen.fillRect(0, 0, picture.widthPx, picture.heightPx)
  paintMarks(brush, picture.marks)
}

function paintMarks(brush: Brush, marks: readonly Mark[]): void {
  let index = 0
  while (index < marks.length) {
    const mark = marks[index]
    if (mark?.kind === 'line') index = paintLines(brush, marks, index, mark)
    else {
      if (mark) paintMark(brush, mark)
      index += 1
    }
  }
}

// Lines of one look that follow one another become one path: a plan has hundreds of them in a frame.
function paintLines({ pen, colours }: Brush, marks: readonly Mark[], first: number, look: LineMark): number {
  pen.globalAlpha = look.opacity ?? 1
  pen.strokeStyle = colours[look.stroke]
  pen.lineWidth = look.widthPx
  pen.setLineDash(look.dash ? [...look.dash] : [])
  pen.beginPath()
  let index = first
  for (; index < marks.length; index += 1) {
    const mark = marks[index]
    if (mark?.kind !== 'line' || !isSameLook(mark, look)) break
    tracePoints(pen, mark.points)
  }
  pen.stroke()
  pen.setLineDash([])
  pen.globalAlpha = 1
  return index
}

function isSameLook(a: LineMark, b: LineMark): boolean {
  return a.stroke === b.stroke && a.widthPx === b.widthPx && a.opacity === b.opacity && a.dash === b.dash
}

function tracePoints(pen: Pen, points: readonly number[]): void {
  pen.moveTo(points[0] ?? 0, points[1] ?? 0)
  for (let index = 2; index < points.length; index += 2)
    pen.lineTo(points[index] ?? 0, points[index + 1] ?? 0)
}

function paintMark(brush: Brush, mark: Exclude<Mark, LineMark>): void {
  if (mark.kind === 'rect') paintRect(brush, mark)
  else if (mark.kind === 'polygon') paintPolygon(brush, mark)
  else if (mark.kind === 'circle') paintCircle(brush, mark)
  else if (mark.kind === 'text') paintText(brush, mark)
  else {
    brush.pen.save()
    brush.pen.translate(mark.x, mark.y)
    brush.pen.beginPath()
    brush.pen.rect(0, 0, mark.width, mark.height)
    brush.pen.clip()
    paintMarks(brush, mark.marks)
    brush.pen.restore()
  }
}

function paintRect(brush: Brush, mark: RectMark): void {
  const { pen, colours } = brush
  pen.globalAlpha = mark.opacity ?? 1
  if (mark.fill && !mark.radius && !mark.stroke) {
    pen.fillStyle = colours[mark.fill]
    pen.fillRect(mark.x, mark.y, mark.width, mark.height)
  } else {
    pen.beginPath()
    pen.roundRect(mark.x, mark.y, mark.width, mark.height, mark.radius ?? 0)
    paintShape(brush, mark, 1, mark.dash)
  }
  pen.globalAlpha = 1
}

function paintPolygon(brush: Brush, mark: PolygonMark): void {
  brush.pen.globalAlpha = mark.opacity ?? 1
  brush.pen.beginPath()
  tracePoints(brush.pen, mark.points)
  brush.pen.closePath()
  paintShape(brush, mark, mark.widthPx ?? 1)
  brush.pen.globalAlpha = 1
}

function paintCircle(brush: Brush, mark: CircleMark): void {
  brush.pen.beginPath()
  brush.pen.arc(mark.x, mark.y, mark.radius, 0, Math.PI * 2)
  paintShape(brush, mark, mark.widthPx ?? 1)
}

function paintShape(
  { pen, colours }: Brush,
  mark: { fill?: Colour; stroke?: Colour },
  widthPx: number,
  dash?: readonly number[],
): void {
  if (mark.fill) {
    pen.fillStyle = colours[mark.fill]
    pen.fill()
  }
  if (!mark.stroke) return
  pen.strokeStyle = colours[mark.stroke]
  pen.lineWidth = widthPx
  pen.setLineDash(dash ? [...dash] : [])
  pen.stroke()
  pen.setLineDash([])
}

function paintText({ pen, colours, family }: Brush, mark: TextMark): void {
  pen.globalAlpha = mark.opacity ?? 1
  pen.font = `${mark.weight} ${mark.sizePx}px ${family}`
  pen.textAlign = mark.anchor === 'middle' ? 'center' : mark.anchor
  if (mark.halo) {
    pen.strokeStyle = colours[mark.halo]
    pen.lineWidth = 5
    pen.lineJoin = 'round'
    pen.strokeText(mark.text, mark.x, mark.y)
    pen.lineJoin = 'miter'
  }
  pen.fillStyle = colours[mark.fill]
  pen.fillText(mark.text, mark.x, mark.y)
  pen.globalAlpha = 1
}
