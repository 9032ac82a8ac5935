/** How much of a stranger's workbook is unpacked and looked at before it is refused. */
export const xlsxLimits = {
  /** Parts of the archive (sheets, styles, pictures …). */
  parts: 5000,
  /** Bytes that really come out of one part and of all parts together, whatever the archive declares. */
  partBytes: 268_435_456,
  unpackedBytes: 402_653_184,
  sheets: 100,
  rows: 200_001,
  columns: 1000,
  /** Cells that hold something, over all sheets that are read. */
  cells: 2_000_000,
  /** What a cell of the format holds at most, in characters. */
  cellLength: 32_767,
}

export type XlsxLimits = typeof xlsxLimits
