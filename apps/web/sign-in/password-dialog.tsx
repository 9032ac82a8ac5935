import { Button, Modal, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Fault } from '../../../kernel/fault.ts'
import { refusalOf, send } from '../../../ui/house/api.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import { showToast } from '../../../ui/toast.tsx'

/** Choosing an own password; whoever came by a link needs not say the present one. */
export function PasswordForm(props: { onDone: () => void; onLater?: () => void; asksPresent?: boolean }) {
  const [password, setPassword] = useState('')
  const [present, setPresent] = useState('')
  const [refusal, setRefusal] = useState<Fault | undefined>(undefined)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setRefusal(undefined)
    try {
      await send('/api/me/password', { password, ...(present === '' ? {} : { present }) })
      showToast({ lead: 'Password set.', effect: 'Other sessions of yours have ended.' })
      props.onDone()
    } catch (error) {
      setRefusal(refusalOf(error))
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      {refusal && <Refusal refusal={{ code: refusal.code, sentence: refusal.message }} />}
      {props.asksPresent && (
        <PasswordInput
          label="Present password"
          description="Leave empty when you have none or came by a link."
          autoComplete="current-password"
          size="md"
          value={present}
          onChange={(event) => setPresent(event.currentTarget.value)}
        />
      )}
      <PasswordInput
        label="New password"
        description="At least 12 characters; a short sentence is good."
        autoComplete="new-password"
        size="md"
        data-autofocus
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <div className="hw-line">
        <Button type="submit" size="lg" disabled={password === ''}>
          Set password
        </Button>
        {props.onLater && (
          <Button size="lg" variant="default" onClick={props.onLater}>
            Later
          </Button>
        )}
      </div>
    </form>
  )
}

export function PasswordDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Set my password" classNames={{ body: 'hw-dialog-form' }}>
      <PasswordForm onDone={onClose} asksPresent />
    </Modal>
  )
}
