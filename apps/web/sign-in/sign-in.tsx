import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Fault } from '../../../kernel/fault.ts'
import { refusalOf, send } from '../../../ui/house/api.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import { Helm } from '../shell/helm.tsx'
import { PasswordForm } from './password-dialog.tsx'

type Step = 'form' | 'link' | 'password'

/** How people come in: by a one-time link at once, or with e-mail and password. */
export function SignIn() {
  const { token, to } = useSearch({ strict: false }) as { token?: string; to?: string }
  const [step, setStep] = useState<Step>(token === undefined ? 'form' : 'link')
  const [refusal, setRefusal] = useState<Fault | undefined>(undefined)
  const enter = useEntering(to)
  const isSpent = useRef(false)
  useEffect(() => {
    document.title = 'Sign in · Helmward'
    if (token === undefined || isSpent.current) return
    isSpent.current = true
    send('/api/sign-in/link', { token }).then(
      () => setStep('password'),
      (error) => {
        setRefusal(refusalOf(error))
        setStep('form')
      },
    )
  }, [token])
  return (
    <main className="hw-sign-in">
      <section>
        <Helm size={40} />
        {step === 'password' ? (
          <>
            <h1>You are signed in</h1>
            <p className="hw-dim">
              The link worked once. Choose a password now to come back without a new link, or do it later.
            </p>
            <PasswordForm onDone={enter} onLater={enter} />
          </>
        ) : (
          <>
            <h1>Sign in to Helmward</h1>
            {refusal && (
              <Refusal refusal={{ code: refusal.code, sentence: refusal.message, ...nextOf(refusal) }} />
            )}
            {step === 'link' ? (
              <p className="hw-dim" role="status">
                Signing in by your link …
              </p>
            ) : (
              <EmailForm onRefused={setRefusal} onDone={enter} />
            )}
          </>
        )}
      </section>
    </main>
  )
}

function nextOf({ code }: Fault): { next?: string } {
  if (code === 'signIn.linkSpent')
    return { next: 'Restart Helmward for a new link, or ask your administrator for one.' }
  if (code === 'signIn.wrong') return { next: 'Try again, or ask your administrator for a sign-in link.' }
  return {}
}

function useEntering(to: string | undefined): () => void {
  const client = useQueryClient()
  const navigate = useNavigate()
  return () => {
    client.clear()
    const inside = to?.startsWith('/') && !to.startsWith('//') ? to : '/projects'
    void navigate({ href: inside, replace: true } as never)
  }
}

function EmailForm(props: { onRefused: (fault: Fault | undefined) => void; onDone: () => void }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    props.onRefused(undefined)
    try {
      await send('/api/sign-in', { email: email.trim(), password })
      props.onDone()
    } catch (error) {
      props.onRefused(refusalOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <TextInput
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        required
        withAsterisk={false}
        autoFocus
        size="md"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        size="md"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" size="lg" fullWidth loading={isBusy}>
        Sign in
      </Button>
      <p className="hw-dim hw-small">
        First time here? The terminal in which Helmward was started shows a link that signs you in once.
      </p>
    </form>
  )
}
