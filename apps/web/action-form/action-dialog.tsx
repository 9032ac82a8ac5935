import { Alert, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { z } from 'zod'
import type { Action } from '../../../kernel/action.ts'
import { SchemaForm } from '../../../ui/form/form.tsx'
import { newId } from '../../../ui/house/api.ts'
import { act, asRefusal, tellStep, undoLast } from '../../../ui/house/changes.ts'
import { useStore } from '../../../ui/house/store.ts'
import { where } from '../../../ui/house/where.ts'
import type { RefusalFacts } from '../../../ui/refusal.tsx'

/** Any action of the house as a form made from its own description. */
export function ActionDialog({ action, close }: { action: Action; close: () => void }) {
  const { project } = useStore(where)
  const given = useMemo(() => givenTo(action, project), [action, project])
  const send = async (values: Record<string, unknown>): Promise<undefined | RefusalFacts> => {
    const words = `${action.title}.`
    try {
      await act(action.name, { ...given.made, ...values }, { words })
    } catch (error) {
      return asRefusal(error)
    }
    close()
    tellStep({
      lead: 'Done:',
      effect: words.charAt(0).toLowerCase() + words.slice(1),
      ...(action.final ? {} : { action: { label: 'Undo', keyName: 'Ctrl Z', run: () => void undoLast() } }),
    })
    return undefined
  }
  return (
    <Modal opened onClose={close} title={action.title} size={560}>
      {/* A list that opens in a short form needs room below. */}
      <Stack gap="md" mih={330}>
        <Text size="sm">{action.about}</Text>
        {action.final && (
          <Alert color="orange" icon={<IconAlertTriangle size={16} />} title="This cannot be undone.">
            {action.final.charAt(0).toUpperCase() + action.final.slice(1)}.
          </Alert>
        )}
        <SchemaForm
          schema={action.input as z.ZodObject}
          initial={given.initial}
          hidden={Object.keys(given.made)}
          whole
          {...(project ? { project } : {})}
          submitLabel={action.title}
          onSubmit={send}
          onCancel={close}
        />
      </Stack>
    </Modal>
  )
}

/** What the form need not ask: a new identity is made once, so that sending again does nothing twice. */
function givenTo(action: Action, project: string | undefined) {
  const { shape } = action.input as z.ZodObject
  const id = shape.id as z.ZodType | undefined
  const made: Record<string, unknown> = id && !id.meta()?.ref ? { id: newId() } : {}
  const initial = Object.fromEntries(
    ['project', 'in'].filter((name) => project && name in shape).map((name) => [name, project]),
  )
  return { made, initial }
}
