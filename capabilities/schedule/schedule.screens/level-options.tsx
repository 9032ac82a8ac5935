import { Button, MultiSelect, Popover, Select, TextInput } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconCut } from '@tabler/icons-react'
import { useState } from 'react'
import type { LevelWish } from './level-search.ts'

export type Choice = { readonly id: string; readonly name: string }

type Given = {
  wish: LevelWish
  /** Other projects that may be levelled along. */
  others: readonly Choice[]
  onWish: (wish: LevelWish) => void
}

/** How it is to be levelled: the usual choices in the bar, the rarer ones behind one button. */
export function LevelOptions({ wish, others, onWish }: Given) {
  const change = (part: Partial<LevelWish>) => onWish({ ...wish, ...part })
  return (
    <>
      <Select
        size="xs"
        w={178}
        aria-label="Room"
        allowDeselect={false}
        data={[
          { value: 'extend', label: 'The finish may move' },
          { value: 'withinSlack', label: 'Within slack only' },
        ]}
        value={wish.room}
        onChange={(room) => room !== null && change({ room: room as LevelWish['room'] })}
      />
      <Button
        size="xs"
        variant={wish.splitting ? 'light' : 'default'}
        aria-pressed={wish.splitting}
        leftSection={<IconCut size={16} stroke={1.6} />}
        onClick={() => change({ splitting: !wish.splitting })}
      >
        {wish.splitting ? 'May be interrupted' : 'In one piece'}
      </Button>
      <More wish={wish} others={others} change={change} />
    </>
  )
}

function More(props: {
  wish: LevelWish
  others: readonly Choice[]
  change: (part: Partial<LevelWish>) => void
}) {
  const { wish, others, change } = props
  const [isOpen, setOpen] = useState(false)
  const set = [wish.order !== 'priority', wish.from !== '' || wish.to !== '', wish.with.length > 0]
  const count = set.filter(Boolean).length
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={320} trapFocus withinPortal>
      <Popover.Target>
        <Button
          size="xs"
          variant={count > 0 ? 'light' : 'default'}
          aria-expanded={isOpen}
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} />}
          onClick={() => setOpen(!isOpen)}
        >
          {count > 0 ? `Options, ${count} set` : 'Options'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Options of levelling">
        <div className="hw-level-options">
          <Select
            size="xs"
            label="Who goes first"
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={[
              { value: 'priority', label: 'The higher priority, then less slack' },
              { value: 'standard', label: 'Less slack, then the higher priority' },
              { value: 'plan', label: 'As they stand in the plan' },
            ]}
            value={wish.order}
            onChange={(order) => order !== null && change({ order: order as LevelWish['order'] })}
          />
          <div className="hw-level-days">
            <DayField label="Only work from" value={wish.from} onDay={(from) => change({ from })} />
            <DayField label="to" value={wish.to} onDay={(to) => change({ to })} />
          </div>
          {others.length > 0 && (
            <MultiSelect
              size="xs"
              label="Together with"
              description="People that projects share are there only once."
              searchable
              clearable
              maxValues={20}
              comboboxProps={{ withinPortal: false }}
              data={others.map(({ id, name }) => ({ value: id, label: name }))}
              value={[...wish.with]}
              onChange={(chosen) => change({ with: chosen })}
            />
          )}
          <Select
            size="xs"
            label="Search for a better plan"
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={[
              { value: '5', label: 'At most 5 seconds' },
              { value: '15', label: 'At most 15 seconds' },
              { value: '60', label: 'At most a minute' },
            ]}
            value={String(wish.seconds)}
            onChange={(seconds) => seconds !== null && change({ seconds: Number(seconds) })}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function DayField({ label, value, onDay }: { label: string; value: string; onDay: (day: string) => void }) {
  return (
    <TextInput
      size="xs"
      type="date"
      label={label}
      value={value}
      onChange={(event) => onDay(event.currentTarget.value)}
    />
  )
}
