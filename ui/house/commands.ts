import { useEffect, useRef } from 'react'
import type { IconType } from './screen.ts'
import { createStore } from './store.ts'

/** A line of the command bar: something to do, a record to open, a page to go to. */
export type Command = {
  /** The same on every visit, so that what was used last can stand first. */
  id: string
  title: string
  group: 'Do' | 'Records' | 'Go to'
  icon?: IconType
  keys?: string
  /** At the right: the action's name, a date, a state. */
  hint?: string
  run: () => void
}

/** Answers commands for what was typed; few when many would fit. */
export type CommandSource = (words: string) => readonly Command[]

export const commandSources = createStore<readonly CommandSource[]>([])
export const commandBarOpen = createStore(false)

/** Offers commands in the bar for as long as a screen stands. The newest `source` is asked. */
export function useCommands(source: CommandSource): void {
  const latest = useRef(source)
  latest.current = source
  useEffect(() => {
    const stable: CommandSource = (words) => latest.current(words)
    commandSources.set((before) => [stable, ...before])
    return () => commandSources.set((before) => before.filter((one) => one !== stable))
  }, [])
}

/** How well a title answers what was typed: each word must begin a word of it or stand in it; 0 is no answer. */
export function fitOf(title: string, words: string): number {
  const text = title.toLowerCase()
  let fit = 1
  for (const word of words.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = text.indexOf(word)
    if (at < 0) return 0
    fit += at === 0 ? 4 : /\W/.test(text[at - 1] ?? '') ? 2 : 1
  }
  return fit
}
