// The process that reads a stranger's file: bytes on standard input, lines of JSON on standard output, nothing
// else. It has no environment, no network client and no right to read files beyond its own code.
import { type FileLimits, fileLimits } from '../../../exchange/file-limits.ts'
import type { FileRefusal } from '../../../exchange/plan-file.ts'
import type { TableReading } from '../../../exchange/plan-table/plan-table.ts'
import { readPlanFile } from '../../../exchange/read-plan.ts'
import { type PlanLine, planLines } from './plan-lines.ts'

const limits: FileLimits = { ...fileLimits, ...JSON.parse(process.argv[2] ?? '{}') }
const table: TableReading = JSON.parse(process.argv[3] ?? '{}')
const bytes = await takeInput(limits.fileBytes)
let shown = 0
const reading = 'refused' in bytes ? bytes : await readPlanFile(bytes, { limits, onProgress, table })
for (const line of planLines(reading)) await say(line)

function onProgress(share: number): void {
  if (share < shown + 0.02) return
  shown = share
  process.stdout.write(`${JSON.stringify({ progress: Math.round(share * 100) / 100 })}\n`)
}

async function say(line: PlanLine): Promise<void> {
  const hasRoom = process.stdout.write(`${JSON.stringify(line)}\n`)
  if (!hasRoom) await new Promise((resolve) => process.stdout.once('drain', resolve))
}

async function takeInput(most: number): Promise<Uint8Array | { refused: FileRefusal }> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of process.stdin) {
    length += chunk.length
    if (length > most) {
      const sentence = `The file is larger than ${Math.round(most / 1_048_576)} MB, which is the most that is read.`
      return { refused: { code: 'file.tooLarge', sentence, facts: { limit: most } } }
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}
