import type { Colour } from '../../../drawing/colours.ts'
import type { Mark, Picture } from '../../../drawing/gantt/marks.ts'

/** A draw list as SVG in the page: the same marks as on paper, in the colours of the theme. `label` says it in words. */
export function PictureSvg({ picture, label }: { picture: Picture; label: string }) {
  const { widthPx, heightPx, marks } = picture
  return (
    <svg
      className="hw-picture"
      role="img"
      aria-label={label}
      width={widthPx}
      height={heightPx}
      viewBox={`0 0 ${widthPx} ${heightPx}`}
    >
      <title>{label}</title>
      <Marks marks={marks} />
    </svg>
  )
}

function Marks({ marks }: { marks: readonly Mark[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a draw list has no other identity than its order
  return marks.map((mark, index) => <MarkSvg key={index} mark={mark} />)
}

function MarkSvg({ mark }: { mark: Mark }) {
  if (mark.kind === 'group') {
    return (
      <g transform={`translate(${mark.x} ${mark.y})`}>
        <Marks marks={mark.marks} />
      </g>
    )
  }
  if (mark.kind === 'text') {
    return (
      <text
        x={mark.x}
        y={mark.y}
        fontSize={mark.sizePx}
        fontWeight={mark.weight}
        textAnchor={mark.anchor}
        fill={ink(mark.fill)}
        opacity={mark.opacity}
        aria-hidden
      >
        {mark.text}
      </text>
    )
  }
  if (mark.kind === 'line') {
    const { points, stroke, widthPx, dash, opacity } = mark
    return (
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke={ink(stroke)}
        strokeWidth={widthPx}
        strokeDasharray={dash?.join(' ')}
        strokeLinejoin="round"
        opacity={opacity}
      />
    )
  }
  const paint = {
    fill: mark.fill ? ink(mark.fill) : 'none',
    stroke: mark.stroke ? ink(mark.stroke) : 'none',
    ...('widthPx' in mark ? { strokeWidth: mark.widthPx } : {}),
    ...('opacity' in mark ? { opacity: mark.opacity } : {}),
  }
  if (mark.kind === 'polygon') return <polygon points={mark.points.join(' ')} {...paint} />
  if (mark.kind === 'circle') return <circle cx={mark.x} cy={mark.y} r={mark.radius} {...paint} />
  return <rect x={mark.x} y={mark.y} width={mark.width} height={mark.height} rx={mark.radius} {...paint} />
}

function ink(colour: Colour): string {
  return `var(--${colour})`
}
