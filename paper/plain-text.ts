// Text of people, made harmless for any renderer: it can neither break a file nor reorder its neighbours.

// Controls, and characters that XML 1.0 forbids.
const control = /[\p{Cc}\ufffe\uffff]/gu
// Explicit directions (Unicode 9): an override inside a name could turn the figures after it around.
const direction = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]/g

/** One line of plain text: no controls, no explicit directions, no half characters; white space becomes one space. */
export function plainText(said: string): string {
  return said
    .toWellFormed()
    .replaceAll(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replaceAll(control, '')
    .replaceAll(direction, '')
}

/**
 * Lets a word that is longer than any line break: a zero-width space every `every` characters and after / _ . -
 * Words of usual length stay as they are.
 */
export function breakable(said: string, longest = 22, every = 6): string {
  return said.replaceAll(/\S+/gu, (word) => {
    const letters = [...word]
    if (letters.length <= longest) return word
    let since = 0
    return letters
      .map((letter) => {
        since = since >= every || /[/_.\-?&=]/.test(letter) ? 0 : since + 1
        return since === 0 ? `${letter}\u200b` : letter
      })
      .join('')
  })
}

/** A whole number with thousands marked, as in 48,127. */
export function thousands(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',')
}
