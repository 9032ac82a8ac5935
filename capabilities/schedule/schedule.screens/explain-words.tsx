import { formatDays } from '../../../drawing/format.ts'
import type { Explained } from '../schedule.rules/explain.ts'

/** The sentence of a step without the name that stands before it as a link. */
export function afterName(sentence: string, name: string): string {
  const quoted = `"${name}" `
  return sentence.startsWith(quoted) ? sentence.slice(quoted.length) : sentence
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** What the slack of a task means for the plan. */
export function roomText(
  { totalSlackMinutes, critical }: Pick<Explained, 'totalSlackMinutes' | 'critical'>,
  minutesPerDay: number,
) {
  const days = formatDays(Math.abs(totalSlackMinutes), minutesPerDay)
  if (totalSlackMinutes < 0)
    return (
      <>
        <b>{days} d too late:</b> so much must be won before all dates are kept.
      </>
    )
  if (critical)
    return (
      <>
        <b>No slack:</b> each day lost here moves the end of the plan by a day.
      </>
    )
  return (
    <>
      <b>{days} d of slack:</b> so late it may become before the plan ends later.
    </>
  )
}
