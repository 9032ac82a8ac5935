const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE = DIGITS.length

/**
 * Orders siblings by text, so that a move writes one row: a rank that sorts between two others (fractional indexing,
 * base 62, plain comparison of characters). `undefined` stands for before the first, after the last.
 */
export function rankBetween(before: string | undefined, after: string | undefined): string {
  const low = before ?? ''
  const high = after ?? ''
  let rank = ''
  for (let index = 0; ; index += 1) {
    const from = index < low.length ? DIGITS.indexOf(low[index] ?? '0') : 0
    const isBelowHigh = after !== undefined && rank === high.slice(0, index)
    const to = isBelowHigh ? (index < high.length ? DIGITS.indexOf(high[index] ?? '0') : 0) : BASE
    const middle = Math.floor((from + to) / 2)
    // The last digit is never the lowest, or nothing would fit below it.
    if (middle > from) return rank + DIGITS[middle]
    rank += DIGITS[from]
    if (index > 190) return rank + DIGITS[BASE - 1]
  }
}

/** So many ranks in a row, evenly spread, with room between and around them. */
export function ranksInRow(count: number): string[] {
  const width = Math.max(2, Math.ceil(Math.log(Math.max(2, count) * 8) / Math.log(BASE)))
  const step = Math.floor(BASE ** width / (count + 1))
  return Array.from({ length: count }, (_, index) => {
    let rest = (index + 1) * step
    let rank = ''
    for (let place = 0; place < width; place += 1) {
      rank = `${DIGITS[rest % BASE]}${rank}`
      rest = Math.floor(rest / BASE)
    }
    return rank.endsWith('0') ? `${rank}V` : rank
  })
}
