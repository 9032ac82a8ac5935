import type { ExtraElement } from '../plan-file.ts'
import { type EntityName, elementPosition } from './element-order.ts'
import { type Field, fieldText } from './fields.ts'
import { type Piece, textPiece } from './xml-text.ts'

/** The fields of an owner as elements; a source text in `extra` is used while it still says the same. */
export function fieldPieces<Owner>(
  fields: ReadonlyMap<string, Field<Owner>>,
  owner: Owner,
  extra: ExtraElement[],
): Piece[] {
  const pieces: Piece[] = []
  for (const known of fields.values()) {
    const source = extra.find((element) => element.name === known.element)
    const text = fieldText(known, owner, source !== undefined && 'text' in source ? source.text : undefined)
    if (text !== undefined) pieces.push(textPiece(known.element, text))
  }
  return pieces
}

/** What `extra` holds beyond the source texts of fields. */
export function otherExtra(fields: ReadonlyMap<string, unknown>, extra: ExtraElement[]): ExtraElement[] {
  return extra.filter(
    (element) => !fields.has(element.name) && /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(element.name),
  )
}

/** Elements in the order of the schema; those of one name stay as they stand. */
export function inOrder(entity: EntityName, pieces: Piece[]): Piece[] {
  return pieces
    .map((piece) => ({ piece, position: elementPosition(entity, piece.name) }))
    .sort((a, b) => a.position - b.position)
    .map(({ piece }) => piece)
}
