import { useMemo } from 'react'
import { formatNumber } from '../../../drawing/format.ts'
import { drawScore } from '../../../drawing/trend/score.ts'
import { minuteOf } from '../../../kernel/day.ts'
import { useAsk } from '../../../ui/house/data.ts'
import { Progress } from '../../../ui/progress.tsx'
import { type Checked, dayWords, type HealthTrend } from './health-words.ts'
import { PictureSvg } from './trend-picture.tsx'
import { useWidth } from './trend-width.ts'

/** The score and how it came to be: beside it the same figure on past reporting days. */
export function ScoreCards({
  project,
  checked,
  onWhy,
}: {
  project: string
  checked: Checked
  onWhy: (anchor: DOMRect) => void
}) {
  const judged = checked.points.filter(({ pass }) => pass !== null)
  const failed = judged.filter(({ pass }) => pass === false)
  const figure = checked.score === null ? '–' : formatNumber(checked.score, 0)
  return (
    <div className="hw-health-cards">
      <section className="hw-card" aria-label="Score">
        <header>Score</header>
        <div className="hw-health-score">
          <button
            type="button"
            className="hw-health-figure"
            aria-label={`${figure} of 100: what the score rests on`}
            onClick={(event) => onWhy(event.currentTarget.getBoundingClientRect())}
          >
            {figure}
            <small> of 100</small>
          </button>
          <p>
            {judged.length === 0 ? (
              'There is nothing to judge yet.'
            ) : (
              <>
                <b>
                  {judged.length - failed.length} of {judged.length} points pass.
                </b>{' '}
                {failed.length > 0 && `Not: ${failed.map(({ name }) => name.toLowerCase()).join(', ')}.`}
              </>
            )}
          </p>
          <p className="hw-dim hw-small">
            The check says whether the network can be believed, not whether its dates are right.
          </p>
        </div>
      </section>
      <ScoreTrend project={project} />
    </div>
  )
}

function ScoreTrend({ project }: { project: string }) {
  const { data } = useAsk<HealthTrend>('schedule.healthTrend', { project })
  const [box, widthPx] = useWidth<HTMLDivElement>()
  const picture = useMemo(
    () =>
      drawScore(
        (data?.days ?? []).map(({ day, score }) => ({ dayMinute: minuteOf(`${day}T00:00:00`), score })),
        { widthPx, heightPx: 132 },
      ),
    [data, widthPx],
  )
  const words = data && trendWords(data)
  return (
    <section className="hw-card" aria-label="Score over time">
      <header>
        Score over time <span className="hw-dim hw-small">{stepWords(data?.everyWeeks)}</span>
      </header>
      <div className="hw-health-trend" ref={box}>
        {!data && <Progress work={{ title: 'Calculating past reporting days' }} />}
        {words !== undefined && widthPx > 0 && <PictureSvg picture={picture} label={words} />}
        <p className="hw-dim hw-small">{words}</p>
      </div>
    </section>
  )
}

export function stepWords(everyWeeks: number | undefined): string {
  if (everyWeeks === undefined) return ''
  return everyWeeks === 1 ? 'week by week' : `every ${everyWeeks} weeks`
}

function trendWords({ days }: HealthTrend): string {
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last || first.score === null || last.score === null) return 'Nothing could be judged so far.'
  if (days.length === 1) return `Begins on ${dayWords(first.day)}; it grows week by week.`
  const best = days.reduce((top, each) => ((each.score ?? 0) > (top.score ?? 0) ? each : top), first)
  return `From ${formatNumber(first.score, 0)} on ${dayWords(first.day)} to ${formatNumber(last.score, 0)} on ${dayWords(last.day)}; best ${formatNumber(best.score ?? 0, 0)} on ${dayWords(best.day)}.`
}
