import { fileLimits } from './file-limits.ts'
import type { LossLine, LossReport } from './plan-file.ts'

/** Gathers loss lines; past the limit lines are still counted, and the last line says how many are not shown. */
export type LossLog = {
  note: (line: LossLine) => void
  report: () => LossReport
}

export function openLossLog(maxLines: number = fileLimits.lossLines): LossLog {
  const lines: LossLine[] = []
  const counts = { taken: 0, changed: 0, leftOut: 0 }
  let unshown = 0
  return {
    note(line) {
      counts[line.level === 'left out' ? 'leftOut' : line.level] += 1
      if (lines.length < maxLines) lines.push(line)
      else unshown += 1
    },
    report() {
      if (unshown === 0) return { lines, counts }
      const rest: LossLine = {
        level: 'changed',
        where: { kind: 'file' },
        text: `${unshown} further lines are counted but not shown.`,
      }
      return { lines: [...lines, rest], counts }
    },
  }
}
