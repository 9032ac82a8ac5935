import './import.css'
import { Button, Group, Modal } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Fault } from '../../../kernel/fault.ts'
import { newId, refusalOf, sendFile } from '../../../ui/house/api.ts'
import { act } from '../../../ui/house/changes.ts'
import { useCommands } from '../../../ui/house/commands.ts'
import { useMay } from '../../../ui/house/data.ts'
import { fileChooser } from '../../../ui/house/files.ts'
import { Progress } from '../../../ui/progress.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { ImportMapping, type Upload } from './import-mapping.tsx'
import { LossLines, type Reading } from './loss-lines.tsx'

type Step =
  | { at: 'none' }
  | { at: 'reading'; file: File; stop: AbortController }
  | { at: 'mapping'; upload: Upload }
  | { at: 'read'; reading: Reading }
  | { at: 'importing'; reading: Reading }
  | { at: 'refused'; refusal: Fault; fileName: string }

/** Takes a plan file that is dropped anywhere on the window or chosen: what was read, what gets lost, then the plan. */
export function ImportByDrop() {
  const may = useMay()
  const mayImport = may('project.create')
  const [step, setStep] = useState<Step>({ at: 'none' })
  const input = useRef<HTMLInputElement>(null)
  const take = useCallback((file: File | undefined) => {
    if (file) void readFile(file, setStep)
  }, [])
  const isOver = useDrop(mayImport, take)
  useEffect(() => {
    if (!mayImport) return
    fileChooser.set(() => () => input.current?.click())
    return () => fileChooser.set(undefined)
  }, [mayImport])
  useCommands(() =>
    mayImport
      ? [
          {
            id: 'schedule.import',
            title: 'Import a plan file',
            group: 'Do',
            icon: IconFileImport,
            hint: 'schedule.import',
            run: () => input.current?.click(),
          },
        ]
      : [],
  )
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".xml,.mpx,.xer,.gan,.xlsx,.csv,.json,.mpp,application/xml,text/xml,text/csv"
        hidden
        data-plan-file
        onChange={(event) => {
          take(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      {isOver && (
        <div className="hw-drop" role="status">
          <IconFileImport size={36} stroke={1.3} aria-hidden />
          <b>Drop the plan to import it</b>
          <span>Microsoft Project XML or MPX, Primavera XER, GanttProject, Excel or CSV, up to 110 MB</span>
        </div>
      )}
      <ImportDialog step={step} setStep={setStep} onAnother={() => input.current?.click()} />
    </>
  )
}

async function readFile(file: File, setStep: (step: Step) => void): Promise<void> {
  const stop = new AbortController()
  setStep({ at: 'reading', file, stop })
  try {
    const path = `/api/files/plan?name=${encodeURIComponent(file.name)}`
    const reading = await sendFile<Reading>(path, file, stop.signal)
    const { table } = reading
    setStep(table === undefined ? { at: 'read', reading } : { at: 'mapping', upload: { ...reading, table } })
  } catch (error) {
    if (stop.signal.aborted) setStep({ at: 'none' })
    else setStep({ at: 'refused', refusal: refusalOf(error), fileName: file.name })
  }
}

/** Whether a file is being held over the window. */
function useDrop(isOn: boolean, take: (file: File | undefined) => void): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    if (!isOn) return
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const over = (event: DragEvent) => {
      if (!hasFile(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFile(event)) return
      event.preventDefault()
      setOver(false)
      take(event.dataTransfer?.files[0])
    }
    const heard = { dragenter: over, dragover: over, dragleave: leave, drop }
    for (const [name, listener] of Object.entries(heard))
      window.addEventListener(name, listener as EventListener)
    return () => {
      for (const [name, listener] of Object.entries(heard))
        window.removeEventListener(name, listener as EventListener)
    }
  }, [isOn, take])
  return isOver
}

function ImportDialog(props: { step: Step; setStep: (step: Step) => void; onAnother: () => void }) {
  const { step, setStep } = props
  const navigate = useNavigate()
  const close = () => {
    if (step.at === 'reading') step.stop.abort()
    setStep({ at: 'none' })
  }
  const again = ({ table, ...rest }: Reading) => {
    if (table !== undefined) setStep({ at: 'mapping', upload: { ...rest, table } })
  }
  const bring = async (reading: Reading) => {
    setStep({ at: 'importing', reading })
    try {
      const id = await importPlan(reading)
      setStep({ at: 'none' })
      await navigate({ to: '/projects/$project/plan' as string, params: { project: id } as never })
    } catch (error) {
      setStep({ at: 'refused', refusal: refusalOf(error), fileName: reading.fileName })
    }
  }
  if (step.at === 'none') return null
  return (
    <Modal
      opened
      onClose={close}
      size={step.at === 'read' || step.at === 'mapping' ? 760 : 480}
      title={titleOf(step)}
    >
      {step.at === 'reading' && (
        <Progress
          work={{ title: `Reading ${step.file.name}`, detail: sizeText(step.file.size), onCancel: close }}
        />
      )}
      {step.at === 'refused' && (
        <>
          <Refusal refusal={refusalFacts(step.refusal)} />
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={close}>
              Close
            </Button>
            <Button onClick={props.onAnother}>Choose another file</Button>
          </Group>
        </>
      )}
      {step.at === 'mapping' && (
        <ImportMapping upload={step.upload} onRead={(reading) => setStep({ at: 'read', reading })}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
        </ImportMapping>
      )}
      {step.at === 'read' && (
        <LossLines reading={step.reading}>
          {step.reading.table !== undefined && (
            <Button variant="subtle" onClick={() => again(step.reading)}>
              Back to the columns
            </Button>
          )}
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button data-autofocus onClick={() => void bring(step.reading)}>
            Import the plan
          </Button>
        </LossLines>
      )}
      {step.at === 'importing' && (
        <Progress work={{ title: 'Writing the plan', detail: step.reading.fileName }} />
      )}
    </Modal>
  )
}

async function importPlan({ fileName, plan, table, reading, source }: Reading): Promise<string> {
  const id = newId()
  const words = `${fileName} imported.`
  const { output } = await act<{ tasks: number; links: number }>(
    'schedule.import',
    { id, fileName, source, ...(table === undefined ? { plan } : { table, reading }) },
    { words },
  )
  showToast({ lead: words, effect: `${output.tasks} tasks, ${output.links} links.` })
  return id
}

function titleOf(step: Step): string {
  if (step.at === 'mapping') return `The columns of ${step.upload.fileName}`
  if (step.at === 'read') return `What comes from ${step.reading.fileName}`
  if (step.at === 'refused') return step.fileName
  return 'Import a plan'
}

function refusalFacts({ code, message }: Fault): { code: string; sentence: string; next?: string } {
  if (code !== 'file.mpp') return { code, sentence: message, next: 'Nothing was imported.' }
  const [sentence = message, ...next] = message.split(/(?<=\.) (?=In Microsoft)/)
  return { code, sentence, next: next.join(' ') }
}

function sizeText(bytes: number): string {
  return bytes > 1_048_576 ? `${(bytes / 1_048_576).toFixed(1)} MB` : `${Math.ceil(bytes / 1024)} kB`
}
