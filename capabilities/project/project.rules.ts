/** A change of the clock on the zone's own wall: from `atMinute` (minutes since 1970) it is put on by so many minutes. */
export type ZoneChange = { readonly atMinute: number; readonly shiftMinutes: number }

/** The years for which clocks are asked; before and after them none is changed. */
const FIRST_YEAR = 1970
const LAST_YEAR = 2100
const WEEK_MINUTES = 7 * 1440

/** Whether this is a time zone that the runtime knows, by its IANA name. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/**
 * All changes of a zone's clock from 1970 to 2100, in order of time, from the zone data of the runtime: where the
 * distance to UTC differs between one week and the next, the minute is looked for. None for an unknown zone.
 */
export function zoneChanges(zone: string): readonly ZoneChange[] {
  const known = changesOf.get(zone)
  if (known) return known
  const made = isZone(zone) ? foundChanges(zone) : []
  changesOf.set(zone, made)
  return made
}

/** Zone data does not change while a program runs. */
const changesOf = new Map<string, readonly ZoneChange[]>()

function foundChanges(zone: string): ZoneChange[] {
  const distanceAt = distances(zone)
  const first = Date.UTC(FIRST_YEAR, 0, 1) / 60_000
  const last = Date.UTC(LAST_YEAR + 1, 0, 1) / 60_000
  const changes: ZoneChange[] = []
  let before = distanceAt(first)
  for (let minute = first; minute < last; minute += WEEK_MINUTES) {
    const after = distanceAt(minute + WEEK_MINUTES)
    if (after !== before) {
      const atUtc = firstMinute(minute, minute + WEEK_MINUTES, (at) => distanceAt(at) !== before)
      changes.push({ atMinute: atUtc + before, shiftMinutes: after - before })
    }
    before = after
  }
  return changes
}

/** The minutes that a zone's clock is before UTC, at a minute of UTC. */
function distances(zone: string): (utcMinute: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  return (utcMinute) => {
    // "1/5/2026, GMT+01:00", or "GMT" alone; some zones were seconds apart long ago.
    const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(new Date(utcMinute * 60_000)))
    const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0)
    return match?.[1] === '-' ? -minutes : minutes
  }
}

/** The first minute after `from`, at most `to`, from which on a condition holds. */
function firstMinute(from: number, to: number, holds: (minute: number) => boolean): number {
  let low = from
  let high = to
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}
