import type { NumberedSource, PaperDocument, Rating, Sources } from './blocks.ts'
import { ratingLetter, ratingWord } from './blocks.ts'
import { plainText, thousands } from './plain-text.ts'

// The few sentences that every renderer adds by itself, so that HTML and PDF say the same.

export function stateWords(document: PaperDocument): string {
  return document.state === 'draft' ? 'Draft, not yet approved' : 'Published'
}

export function computedWords(document: PaperDocument): string {
  return `Computed ${plainText(document.computed.atText)}, from change ${thousands(document.computed.seq)}`
}

/** Who is speaking, above words that nobody computed. */
export function wordsOf(author: string, writtenText: string): string {
  const when = writtenText.trim() === '' ? '' : `, ${writtenText}`
  return plainText(`In the words of ${author}${when}`)
}

export function sourcesLead(sources: Sources, count: number): string {
  const each = count === 1 ? 'The mark' : `Each of the ${count} marks`
  return sources.title === ''
    ? ''
    : `${each} in the text leads to the query and the change of the ledger behind it.`
}

// A whole plan's dates may rest on one answer: the note names the first of them.
const namedFigures = 6

/** The figures that a source's note names, as in 'a · b · and 40 more'. */
export function figuresOf(source: NumberedSource): string {
  const more = source.figures.length - namedFigures
  const named = source.figures.slice(0, namedFigures)
  return (more > 0 ? [...named, `and ${more} more`] : named).join(' · ')
}

/** Letter and word of a rating, and the name of its colour token. */
export function ratingLook(rating: Rating): { letter: string; word: string; token: 'g' | 'a' | 'r' | 'n' } {
  const token = ({ green: 'g', amber: 'a', red: 'r', notMeasured: 'n' } as const)[rating]
  return { letter: ratingLetter(rating), word: ratingWord(rating), token }
}
