import { Fault } from './fault.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * The one text of a JSON value: keys sorted, no white space, undefined fields left out (as RFC 8785 does for the
 * values we use). Refuses `text.invalid` for NUL and lone surrogates, which no store can keep, and
 * `number.invalid` for NaN and infinities.
 */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return canonicalText(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Fault('number.invalid', 'A number is not finite.', {})
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`
  if (typeof value === 'object') {
    const entries = value as Record<string, unknown>
    const parts: string[] = []
    for (const key of Object.keys(entries).sort()) {
      if (entries[key] !== undefined) parts.push(`${canonicalText(key)}:${canonical(entries[key])}`)
    }
    return `{${parts.join(',')}}`
  }
  throw new Fault('value.invalid', `A ${typeof value} cannot be kept.`, {})
}

function canonicalText(text: string): string {
  if (text.includes('\u0000') || !text.isWellFormed()) {
    throw new Fault(
      'text.invalid',
      'A text contains a character that cannot be kept (NUL or half a surrogate pair).',
      {},
    )
  }
  return JSON.stringify(text)
}
