import { useEffect, useState } from 'react'
import type { Action } from '../../../kernel/action.ts'
import { createRegistry } from '../../../kernel/registry.ts'
import { createStore } from '../../../ui/house/store.ts'

let loading: Promise<readonly Action[]> | undefined

/** Every action of every room. The rooms come when they are first asked for, so that the first page stays small. */
export function useActions(): readonly Action[] {
  const [actions, setActions] = useState<readonly Action[]>([])
  useEffect(() => {
    let isHere = true
    loading ??= import('../../rooms.ts').then(({ ROOMS }) => createRegistry(ROOMS).actions)
    loading.then(
      (loaded) => isHere && setActions(loaded),
      () => {
        loading = undefined // the line was down: the next opening asks again
      },
    )
    return () => {
      isHere = false
    }
  }, [])
  return actions
}

/** The action whose form stands open. */
export const actionAsked = createStore<Action | undefined>(undefined)
