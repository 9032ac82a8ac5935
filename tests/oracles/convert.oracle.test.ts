import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importPlan } from '../../apps/cli/plan-on-file.ts'
import type { exportSchedule, showSchedule } from '../../capabilities/schedule/schedule.queries.ts'
import { isRefused } from '../../exchange/plan-file.ts'
import { readPlanFile } from '../../exchange/read-plan.ts'
import { SYSTEM } from '../../kernel/access.ts'

const oracles = process.env.HELMWARD_ORACLES ?? ''
const folders = [
  { folder: `${oracles}/mspdi`, ending: '.xml' },
  { folder: `${oracles}/samples/primavera`, ending: '.xer' },
]
const files = folders.flatMap(({ folder, ending }) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name, path: `${folder}/${name}` })),
)

type Shown = Awaited<ReturnType<typeof showSchedule.run>>
type Exported = Awaited<ReturnType<typeof exportSchedule.run>>

/** A plan read from bytes: its project in a ledger of its own; undefined when it is refused in a sentence. */
async function opened(bytes: Uint8Array) {
  const reading = await readPlanFile(bytes)
  if (isRefused(reading)) return undefined
  const { ledger, project } = await importPlan(reading.file, 'plan')
  const show = () => ledger.ask(SYSTEM, 'schedule.show', { project }) as Promise<Shown>
  const write = (format: string) =>
    ledger.ask(SYSTEM, 'schedule.export', { project, format }) as Promise<Exported>
  return { show, write }
}

const datesOf = ({ tasks }: Shown) =>
  new Map(
    tasks
      .filter(({ summary, blank }) => !summary && !blank)
      .map(({ uid, start, finish }) => [uid, `${start} ${finish}`]),
  )

/** Microsoft Project XML and neutral JSON carry all that dates rest on; the others need only be read again. */
const CARRIES_ALL = { mspdi: true, json: true, mpx: false, csv: false, xlsx: false } as const

test.each(files)(
  '$name comes back from every format, with the same dates where it carries them',
  {
    timeout: 60_000,
  },
  async ({ path }) => {
    const plan = await opened(readFileSync(path))
    if (!plan) throw new Error('the sample is refused')
    const before = datesOf(await plan.show())
    for (const [format, isWhole] of Object.entries(CARRIES_ALL)) {
      const written = await plan.write(format)
      const bytes =
        'base64' in written && written.base64
          ? Buffer.from(written.text, 'base64')
          : new TextEncoder().encode(written.text)
      const again = await opened(bytes)
      if (!again) throw new Error(`${format} is refused`)
      const after = datesOf(await again.show())
      expect(after.size, format).toBe(before.size)
      if (isWhole) expect(after, format).toEqual(before)
    }
  },
)
