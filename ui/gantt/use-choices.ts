import { useCallback, useState } from 'react'

const nothing: ReadonlySet<string> = new Set()

/** A set of ids the screen may hold itself (value and change given) or leave to the control. */
export function useChoices(
  given: ReadonlySet<string> | undefined,
  onChange: ((ids: ReadonlySet<string>) => void) | undefined,
): [ReadonlySet<string>, (ids: ReadonlySet<string>) => void] {
  const [own, setOwn] = useState(nothing)
  const set = useCallback(
    (ids: ReadonlySet<string>) => {
      setOwn(ids)
      onChange?.(ids)
    },
    [onChange],
  )
  return [given ?? own, set]
}
