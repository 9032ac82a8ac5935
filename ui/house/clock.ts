/** The reader's wall clock in minutes since 1970, as plans count. */
export function wallMinuteNow(): number {
  const now = new Date()
  return Math.floor((now.getTime() - now.getTimezoneOffset() * 60_000) / 60_000)
}

/** A day counted from today where the reader is, as 2026-11-20. */
export function localDay(days = 0): string {
  const now = new Date()
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** Milliseconds of a clock that only runs forward, for measuring how long ago something was. */
export function runningMilliseconds(): number {
  return performance.now()
}
