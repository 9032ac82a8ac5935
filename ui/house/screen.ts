import type { ComponentType } from 'react'

export type IconType = ComponentType<{ size?: number | string; stroke?: number | string }>

/**
 * A page of a room, as `<room>.screens.tsx` announces it. `component` is lazy, so that a page costs nothing before it
 * is opened. Pages of a project have `$project` in their path and stand in its tabs.
 */
export type Screen = {
  path: string
  title: string
  icon: IconType
  component: ComponentType
  /** Where the page is offered: in the navigation, among the tabs of a project, or only by links. */
  place: 'navigation' | 'project' | 'link'
  order: number
  /** The permission without which the page is not offered. */
  allow?: string
  /** `g p`: goes to the page from anywhere (within the project that is open). */
  keys?: string
  /** The navigation steps back to a rail of icons. */
  wide?: boolean
}

/** What a room shows: its pages, and what stands by on every page (a drop of a file, an offer in the command bar). */
export type RoomScreens = {
  screens: readonly Screen[]
  always?: ComponentType
}
