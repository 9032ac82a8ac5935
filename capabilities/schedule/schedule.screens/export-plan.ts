import { ask } from '../../../ui/house/api.ts'
import { tellRefusal } from '../../../ui/house/changes.ts'
import { instantOf } from '../../../ui/house/data.ts'
import { showToast } from '../../../ui/toast.tsx'
import type { WrittenFormat } from '../schedule.rules/plan-file.ts'

type Exported = {
  fileName: string
  mediaType: string
  text: string
  base64?: true
  loss: { counts: { leftOut: number } }
}

/** Saves the plan as a file, Microsoft Project XML unless said otherwise, and says what could not go along. */
export async function exportPlan(
  project: string,
  asOf: string | undefined,
  format: WrittenFormat = 'mspdi',
): Promise<void> {
  try {
    const { fileName, mediaType, text, base64, loss } = await ask<Exported>(
      'schedule.export',
      { project, format },
      { asOf: instantOf(asOf) },
    )
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([base64 ? bytesOf(text) : text], { type: mediaType }))
    link.download = fileName
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    const { leftOut } = loss.counts
    showToast({
      lead: `${fileName} saved.`,
      effect: leftOut === 0 ? 'Nothing was left out.' : `${leftOut} facts could not go along.`,
    })
  } catch (error) {
    tellRefusal(error)
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
}
