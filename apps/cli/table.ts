const WIDEST = 40

/** Rows as aligned columns; a cell that is too long ends in an ellipsis, a list or an object is shown as JSON. */
export function table(rows: readonly unknown[]): string {
  if (rows.length === 0) return 'Nothing.'
  const names = [...new Set(rows.flatMap((row) => Object.keys(row as object)))]
  const cells = rows.map((row) => names.map((name) => textOf((row as Record<string, unknown>)[name])))
  const widths = names.map((name, column) =>
    Math.max(name.length, ...cells.map((line) => line[column]?.length ?? 0)),
  )
  const line = (texts: readonly string[]) =>
    texts
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(names), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = (typeof value === 'object' ? JSON.stringify(value) : String(value)).replace(/\s+/g, ' ')
  // Control characters in stored texts must not steer the terminal.
  const plain = text.replace(/\p{Cc}/gu, '')
  return plain.length > WIDEST ? `${plain.slice(0, WIDEST - 1)}…` : plain
}
