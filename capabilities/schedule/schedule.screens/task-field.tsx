import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'

/** A field that is saved when it is left or Enter is pressed; what was refused stays in it with the reason. */
export function SavedField(props: {
  label: string
  value: string
  placeholder?: string
  isReadOnly: boolean
  save: (typed: string) => Promise<string | undefined>
}) {
  const [typed, setTyped] = useState(props.value)
  const [error, setError] = useState<string | undefined>(undefined)
  const { value } = props
  useEffect(() => setTyped(value), [value])
  const save = async () => {
    if (typed === value) return setError(undefined)
    setError(await props.save(typed))
  }
  return (
    <TextInput
      size="xs"
      label={props.label}
      value={typed}
      placeholder={props.placeholder ?? ''}
      readOnly={props.isReadOnly}
      error={error}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void save()
        if (event.key === 'Escape' && typed !== value) {
          event.preventDefault()
          setTyped(value)
          setError(undefined)
        }
      }}
    />
  )
}
