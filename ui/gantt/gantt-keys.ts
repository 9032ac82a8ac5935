import { keyName, type Pressed } from '../key-names.ts'

/** What a key asks of the plan; the control performs it or hands it to its screen. */
export type PlanCommand =
  | { do: 'moveRow'; by: number; extend: boolean }
  | { do: 'toRow'; place: 'first' | 'last' }
  | { do: 'page'; direction: 1 | -1 }
  | { do: 'moveColumn'; by: 1 | -1 }
  | { do: 'toColumn'; place: 'first' | 'last' }
  | { do: 'zoom'; step: 1 | -1 }
  | { do: 'shiftRows'; direction: 'up' | 'down' }
  | { do: 'select'; range: boolean }
  | {
      do:
        | 'fit'
        | 'open'
        | 'edit'
        | 'back'
        | 'toggle'
        | 'indent'
        | 'outdent'
        | 'create'
        | 'delete'
        | 'why'
        | 'trace'
        | 'menu'
        | 'moveTo'
        | 'linkTo'
        | 'selectAll'
    }

const commands: Record<string, PlanCommand> = {
  '↓': { do: 'moveRow', by: 1, extend: false },
  j: { do: 'moveRow', by: 1, extend: false },
  '↑': { do: 'moveRow', by: -1, extend: false },
  k: { do: 'moveRow', by: -1, extend: false },
  'Shift ↓': { do: 'moveRow', by: 1, extend: true },
  'Shift ↑': { do: 'moveRow', by: -1, extend: true },
  '→': { do: 'moveColumn', by: 1 },
  '←': { do: 'moveColumn', by: -1 },
  Home: { do: 'toColumn', place: 'first' },
  End: { do: 'toColumn', place: 'last' },
  'Ctrl Home': { do: 'toRow', place: 'first' },
  'Ctrl End': { do: 'toRow', place: 'last' },
  PageDown: { do: 'page', direction: 1 },
  PageUp: { do: 'page', direction: -1 },
  Enter: { do: 'open' },
  e: { do: 'edit' },
  F2: { do: 'edit' },
  Esc: { do: 'back' },
  Space: { do: 'toggle' },
  'Alt →': { do: 'indent' },
  'Alt ←': { do: 'outdent' },
  'Alt ↑': { do: 'shiftRows', direction: 'up' },
  'Alt ↓': { do: 'shiftRows', direction: 'down' },
  '+': { do: 'zoom', step: -1 },
  '=': { do: 'zoom', step: -1 },
  '-': { do: 'zoom', step: 1 },
  '0': { do: 'fit' },
  c: { do: 'create' },
  x: { do: 'select', range: false },
  'Shift x': { do: 'select', range: true },
  'Ctrl A': { do: 'selectAll' },
  Delete: { do: 'delete' },
  w: { do: 'why' },
  t: { do: 'trace' },
  m: { do: 'moveTo' },
  l: { do: 'linkTo' },
  ContextMenu: { do: 'menu' },
  'Shift F10': { do: 'menu' },
}

/** The command a pressed key means in the plan; undefined when the key is not the plan's. */
export function commandOf(pressed: Pressed): PlanCommand | undefined {
  return commands[keyName(pressed)]
}

/** The plan's keys for the sheet behind `?`. */
export const planKeySheet: readonly { keys: string; does: string }[] = [
  { keys: 'j k', does: 'next, previous row (also arrows)' },
  { keys: 'Enter', does: 'open the task' },
  { keys: 'e', does: 'edit the cell (also F2)' },
  { keys: 'Space', does: 'fold or unfold' },
  { keys: 'x', does: 'select the row' },
  { keys: 'Shift x', does: 'select up to here' },
  { keys: 'Alt → ←', does: 'indent, outdent' },
  { keys: 'Alt ↑ ↓', does: 'move the row' },
  { keys: 'm', does: 'move to a date' },
  { keys: 'l', does: 'link to a task' },
  { keys: 'c', does: 'new task below' },
  { keys: 'Delete', does: 'delete (can be undone)' },
  { keys: 'w', does: 'why is this date so' },
  { keys: 't', does: 'trace the path' },
  { keys: '+ -', does: 'zoom in, out' },
  { keys: '0', does: 'fit the plan' },
]
