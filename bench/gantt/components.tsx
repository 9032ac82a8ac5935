import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core'
import { IconClock, IconScale } from '@tabler/icons-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { z } from 'zod'
import { day, line } from '../../kernel/record.ts'
import { Chip, HealthChip, LateChip } from '../../ui/chips.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SchemaForm } from '../../ui/form/form.tsx'
import { KeySheet, usePageKeys } from '../../ui/keys.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { RegisterTable, type RegisterTableColumn } from '../../ui/table/register-table.tsx'
import { showToast, Toasts } from '../../ui/toast.tsx'

const Risk = z.strictObject({
  title: line('Risk'),
  cause: z.string().max(4000).optional().meta({ title: 'Cause', description: 'What is already true.' }),
  probability: z.number().min(0).max(1).meta({ title: 'Probability' }),
  response: z.enum(['avoid', 'reduce', 'accept']).meta({ title: 'Response' }),
  reviewedOn: day('Reviewed on').optional(),
  isSecret: z.boolean().optional().meta({ title: 'Shown to members only' }),
})

type Action = { id: string; title: string; owner: string; due: string; hours: number }
const columns: RegisterTableColumn<Action>[] = [
  {
    key: 'id',
    title: 'ID',
    widthPx: 70,
    text: ({ id }) => id,
    sort: ({ id }) => id,
    show: ({ id }) => <span className="hw-faint">{id}</span>,
  },
  { key: 'title', title: 'Action', widthPx: 220, text: ({ title }) => title, sort: ({ title }) => title },
  { key: 'owner', title: 'Owner', widthPx: 120, text: ({ owner }) => owner, sort: ({ owner }) => owner },
  { key: 'due', title: 'Due', widthPx: 80, isNumber: true, text: ({ due }) => due },
  {
    key: 'hours',
    title: 'Hours',
    widthPx: 70,
    isNumber: true,
    text: ({ hours }) => hours.toFixed(1),
    sort: ({ hours }) => hours,
  },
]
const titles = [
  'Book UAT rooms in Kraków',
  'Confirm go/no-go panel',
  'Name a second DBA',
  'Recheck R-15 with Ruth',
  'Open test ports before the freeze',
]
const actions: Action[] = Array.from({ length: 5000 }, (_, index) => ({
  id: `A-${index + 1}`,
  title: titles[index % 5] ?? '',
  owner: ['Maya Okafor', 'Kofi Mensah', 'Lars Eklund'][index % 3] ?? '',
  due: `${(index % 28) + 1} Dec`,
  hours: (index % 9) / 2,
}))

/** All small controls on one page, to be looked at and tested for accessibility. */
export function Components() {
  const [isOpen, setOpen] = useState(false)
  usePageKeys('Components', [{ keys: 'c', does: 'open a dialog', run: () => setOpen(true) }])
  useEffect(() => {
    showToast({
      lead: 'Six tasks moved.',
      effect: 'Go-live stays on 22 Apr.',
      keep: true,
      action: { label: 'Undo', keyName: 'Ctrl Z', run: () => {} },
    })
    showToast({ lead: 'Not saved: offline.', effect: '3 changes wait here.', tone: 'warning', keep: true })
  }, [])
  return (
    <main
      style={{
        padding: '16px 24px',
        background: 'var(--canvas)',
        minHeight: '100vh',
        boxSizing: 'border-box',
      }}
    >
      <h1 style={{ fontSize: 20, lineHeight: '28px', fontWeight: 650, margin: '0 0 12px' }}>Components</h1>
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(300px, 1fr))', gap: 14 }}>
        <Small />
        <Card title="Long work">
          <Progress
            work={{
              title: 'Levelling 5,000 tasks',
              share: 0.62,
              best: 'best so far +4 d',
              detail: 'about 3 s left; proven within 1.8 %',
              onUseNow: () => {},
              onCancel: () => {},
            }}
          />
        </Card>
        <Card title="Refused">
          <Refusal
            refusal={{
              code: 'task.dueBeforeStart',
              sentence: 'A due date cannot lie before the start, 20 Nov.',
              next: 'Choose 20 Nov or later, or move the start.',
            }}
            action={{ label: 'Move the start', run: () => {} }}
          />
        </Card>
        <Card title="Empty register">
          <Empty
            icon={<IconScale size={18} stroke={1.6} />}
            title="No decisions yet"
            sentence="A decision keeps who chose what, why, and what it moved in the plan."
            action={{ label: 'Record a decision', keyName: 'c', run: () => setOpen(true) }}
          />
        </Card>
        <Card title="Form from a schema">
          <SchemaForm
            schema={Risk}
            submitLabel="Add risk"
            onSubmit={() => ({
              code: 'risk.known',
              sentence: 'This risk is in the register already.',
              next: 'Open R-04 instead.',
            })}
            onCancel={() => {}}
          />
        </Card>
        <Registers />
      </div>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Record a decision">
        <p>Who chose what, and why.</p>
      </Modal>
      <KeySheet />
      <Toasts />
    </main>
  )
}

function Small() {
  return (
    <>
      <Card title="Buttons and fields">
        <div className="hw-line" style={{ marginBottom: 10 }}>
          <Button rightSection={<kbd>a</kbd>}>Approve</Button>
          <Button variant="default">Compare</Button>
          <Button variant="subtle" color="gray">
            Send back
          </Button>
          <Button variant="light">On</Button>
          <Button size="xs" variant="default">
            Small
          </Button>
        </div>
        <TextInput
          label="Name"
          description="As people say it"
          placeholder="Brightwater"
          error="A name is needed."
        />
        <Select label="State" data={['open', 'closed']} placeholder="Choose" />
        <Checkbox mt="sm" label="Critical only" defaultChecked />
      </Card>
      <Card title="Chips">
        <div className="hw-line" style={{ flexWrap: 'wrap' }}>
          <HealthChip health="red" />
          <HealthChip health="amber" />
          <HealthChip health="green" />
          <HealthChip health="grey" />
          <HealthChip health="red" narrow />
          <Chip tone="amber" icon={<IconClock size={14} stroke={1.6} aria-hidden />}>
            Today 15:00
          </Chip>
          <Chip tone="accent">brief ready</Chip>
          <Chip>waiting</Chip>
          <Chip tone="green">accepted</Chip>
          <LateChip>9 overdue</LateChip>
        </div>
      </Card>
    </>
  )
}

function Registers() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['A-3']))
  const load = useCallback(
    async ({ offset, limit }: { offset: number; limit: number }) => ({
      rows: actions.slice(offset, offset + limit),
      total: actions.length,
    }),
    [],
  )
  return (
    <>
      <Card title="Rows in memory" wide>
        <div style={{ height: 320 }}>
          <RegisterTable
            label="Actions"
            columns={columns}
            source={{ rows: actions }}
            rowId={({ id }) => id}
            selected={selected}
            onSelect={setSelected}
          />
        </div>
      </Card>
      <Card title="Rows by the page" wide>
        <div style={{ height: 320 }}>
          <RegisterTable
            label="Actions from the server"
            columns={columns}
            source={{ load }}
            rowId={({ id }) => id}
          />
        </div>
      </Card>
    </>
  )
}

function Card({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className="hw-card" style={wide ? { gridColumn: 'span 2' } : {}}>
      <header>{title}</header>
      <div style={{ padding: '12px 14px' }}>{children}</div>
    </section>
  )
}
