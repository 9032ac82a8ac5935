import { Button, Checkbox, Group, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMemo, useState } from 'react'
import type { z } from 'zod'
import { Refusal, type RefusalFacts } from '../refusal.tsx'
import { complaintsOf, type FormField, fieldsOf, valuesOf } from './fields.ts'
import { RecordInput } from './record-input.tsx'

export type SchemaFormProps = {
  /** The record's or the action's own input schema. */
  schema: z.ZodObject
  initial?: Readonly<Record<string, unknown>>
  /** Fields the screen fills in itself. */
  hidden?: readonly string[]
  only?: readonly string[]
  /** Offers lists and nested objects too, as JSON, and leaves a yes or no that need not be said unsaid. */
  whole?: boolean
  /** The project whose records are offered, unless the form itself names one. */
  project?: string
  /** What becomes of fields left empty: not sent (adding), or null (changing). */
  empty?: 'leaveOut' | 'null'
  submitLabel: string
  /** Gets the checked values; answer a refusal to have it shown above the button. */
  onSubmit: (values: Record<string, unknown>) => undefined | RefusalFacts | Promise<undefined | RefusalFacts>
  onCancel?: () => void
}

/** A form made from a schema: title, kind, limits and words come from the fields themselves. */
export function SchemaForm(props: SchemaFormProps) {
  const { schema, hidden, only, whole = false, empty = 'leaveOut' } = props
  const fields = useMemo(
    () => fieldsOf(schema, { whole, ...(hidden ? { hidden } : {}), ...(only ? { only } : {}) }),
    [schema, hidden, only, whole],
  )
  const [refusal, setRefusal] = useState<RefusalFacts | undefined>(undefined)
  const [isSending, setSending] = useState(false)
  const form = useForm<Record<string, unknown>>({
    initialValues: Object.fromEntries(
      fields.map((field) => [field.name, props.initial?.[field.name] ?? blankOf(field)]),
    ),
    validate: (typed) => complaintsOf(schema, fields, valuesOf(fields, typed, empty)),
  })
  const send = async (typed: Record<string, unknown>) => {
    setSending(true)
    try {
      setRefusal(await props.onSubmit(valuesOf(fields, typed, empty)))
    } finally {
      setSending(false)
    }
  }
  const first = fields.find(({ name }) => props.initial?.[name] === undefined)
  const { project = form.values.in } = form.values
  const within = typeof project === 'string' && project !== '' ? project : props.project
  return (
    <form noValidate onSubmit={form.onSubmit((typed) => void send(typed))}>
      <Stack gap="md">
        {fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            project={within}
            isFirst={field === first}
            given={form.getInputProps(field.name, { type: inputType(field) })}
          />
        ))}
        {refusal && <Refusal refusal={refusal} />}
        <Group justify="flex-end">
          {props.onCancel && (
            <Button variant="default" onClick={props.onCancel}>
              Cancel
            </Button>
          )}
          <Button type="submit" loading={isSending}>
            {props.submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function inputType(field: FormField): 'checkbox' | 'input' {
  return field.kind === 'yesNo' && !field.mayBeUnsaid ? 'checkbox' : 'input'
}

function blankOf(field: FormField): unknown {
  if (field.kind === 'yesNo') return field.mayBeUnsaid ? null : false
  return field.kind === 'choice' || field.kind === 'record' ? null : ''
}

const yesOrNo = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
]

type FieldInputProps = { field: FormField; project: string | undefined; isFirst: boolean; given: object }

function FieldInput({ field, project, isFirst, given }: FieldInputProps) {
  const shared = {
    ...(isFirst ? { 'data-autofocus': true } : {}),
    label: field.title,
    withAsterisk: field.isRequired,
    description: field.description,
    ...given,
  }
  if (field.kind === 'record')
    return <RecordInput kind={field.record ?? ''} project={project} required={field.isRequired} {...shared} />
  if (field.kind === 'json')
    return <Textarea autosize minRows={3} maxRows={12} spellCheck={false} {...shared} />
  if (field.mayBeUnsaid)
    return <Select comboboxProps={{ withinPortal: false }} data={yesOrNo} clearable {...shared} />
  if (field.kind === 'yesNo')
    return <Checkbox label={field.title} description={field.description} {...given} />
  if (field.kind === 'text') return <Textarea autosize minRows={3} maxRows={12} {...shared} />
  if (field.kind === 'choice')
    return (
      <Select
        comboboxProps={{ withinPortal: false }}
        data={field.choices ?? []}
        clearable={!field.isRequired}
        {...shared}
      />
    )
  if (field.kind === 'number' || field.kind === 'whole') {
    return (
      <NumberInput
        {...shared}
        allowDecimal={field.kind === 'number'}
        {...(field.least === undefined ? {} : { min: field.least })}
        {...(field.most === undefined ? {} : { max: field.most })}
        {...(field.unit ? { suffix: ` ${field.unit}` } : {})}
      />
    )
  }
  if (field.kind === 'day') return <TextInput type="date" {...shared} />
  if (field.kind === 'time') return <TextInput type="datetime-local" step={1} {...shared} />
  return <TextInput {...shared} />
}
