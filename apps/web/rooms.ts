import type { RoomScreens, Screen } from '../../ui/house/screen.ts'

// Each room announces its pages in one small file; the pages themselves come when they are opened.
const found = import.meta.glob<{ room: RoomScreens }>('../../capabilities/*/*.screens.tsx', { eager: true })

const rooms = Object.values(found).map(({ room }) => room)

export const screens: readonly Screen[] = rooms
  .flatMap((room) => room.screens)
  .toSorted((one, other) => one.order - other.order)

/** What stands by on every page. */
export const standingBy = rooms.flatMap(({ always }) => (always ? [always] : []))
