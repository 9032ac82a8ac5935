import { ask } from '../../../ui/house/api.ts'
import { tellRefusal } from '../../../ui/house/changes.ts'
import { instantOf } from '../../../ui/house/data.ts'
import { showToast } from '../../../ui/toast.tsx'

type Exported = { fileName: string; mediaType: string; text: string; loss: { counts: { leftOut: number } } }

/** Saves the plan as a Microsoft Project XML file and says what could not go along. */
export async function exportPlan(project: string, asOf: string | undefined): Promise<void> {
  try {
    const { fileName, mediaType, text, loss } = await ask<Exported>(
      'schedule.export',
      { project },
      { asOf: instantOf(asOf) },
    )
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: mediaType }))
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
