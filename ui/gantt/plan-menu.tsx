import { Menu } from '@mantine/core'
import { Fragment } from 'react'
import { activeRow, type Control, type PlanMenuPlace, targets } from './control.ts'
import type { PlanCommand } from './gantt-keys.ts'
import { perform } from './perform.ts'

type Line = { label: string; keyName: string; command: PlanCommand; isOff: boolean }

/** What can be done with a task, with its key beside each line. Everything a drag does is here as well. */
export function PlanMenu({ control, place }: { control: Control; place: PlanMenuPlace | undefined }) {
  const row = activeRow(control)
  if (!place || !row) return null
  const close = () => control.openMenu(undefined)
  const count = targets(control).length
  return (
    <Menu
      opened
      onChange={(isOpen) => !isOpen && close()}
      position="bottom-start"
      returnFocus={false}
      withInitialFocusPlaceholder={false}
      portalProps={{ target: landmark() }}
      width={240}
      withinPortal
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          className="hw-anchor"
          aria-label={`Menu of ${row.name}`}
          style={{ left: place.x, top: place.y }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{count > 1 ? `${count} tasks` : row.name}</Menu.Label>
        {linesOf(control).map((group, position) => (
          <Fragment key={group[0]?.label ?? position}>
            {position > 0 && <Menu.Divider />}
            {group.map((line) => (
              <Menu.Item
                key={line.label}
                disabled={line.isOff}
                rightSection={<kbd>{line.keyName}</kbd>}
                onClick={() => {
                  close()
                  perform(control, line.command)
                }}
              >
                {line.label}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

// Within the page's main part, so that people who go from landmark to landmark find it.
function landmark(): HTMLElement {
  return document.querySelector('main') ?? document.body
}

function linesOf({ props, active, columns }: Control): Line[][] {
  const column = columns.find(({ key }) => key === active?.columnKey)
  const line = (label: string, keyName: string, command: PlanCommand, can: unknown): Line => ({
    label,
    keyName,
    command,
    isOff: !can,
  })
  return [
    [
      line('Open', 'Enter', { do: 'open' }, props.onOpen),
      line(
        `Edit ${column?.title.toLowerCase() || 'cell'}`,
        'e',
        { do: 'edit' },
        props.onEdit && column?.edit,
      ),
      line('Why this date?', 'w', { do: 'why' }, props.onExplain),
      line(props.traced ? 'Stop tracing' : 'Trace path', 't', { do: 'trace' }, props.onTrace),
    ],
    [
      line('Move to…', 'm', { do: 'moveTo' }, props.onMove),
      line('Link to…', 'l', { do: 'linkTo' }, props.onLink),
    ],
    [
      line('Indent', 'Alt →', { do: 'indent' }, props.onIndent),
      line('Outdent', 'Alt ←', { do: 'outdent' }, props.onOutdent),
      line('Move up', 'Alt ↑', { do: 'shiftRows', direction: 'up' }, props.onShift),
      line('Move down', 'Alt ↓', { do: 'shiftRows', direction: 'down' }, props.onShift),
    ],
    [
      line('New task below', 'c', { do: 'create' }, props.onCreate),
      line('Delete', 'Del', { do: 'delete' }, props.onDelete),
    ],
  ]
}
