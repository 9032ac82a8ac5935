/** A heap of atoms by activity: the one most often met in late conflicts comes first (VSIDS, Moskewicz et al. 2001). */
export type AtomHeap = {
  readonly bump: (atom: number) => void
  readonly decay: () => void
  readonly insert: (atom: number) => void
  /** The most active atom, taken out; -1 when none is left. */
  readonly pop: () => number
}

export function newAtomHeap(count: number): AtomHeap {
  const activity = new Float64Array(count)
  const heap = new Int32Array(count)
  const place = new Int32Array(count).fill(-1)
  let size = 0
  let step = 1
  const put = (atom: number, at: number) => {
    heap[at] = atom
    place[atom] = at
  }
  const up = (atom: number, from: number) => {
    let at = from
    const own = activity[atom] as number
    while (at > 0) {
      const above = heap[(at - 1) >> 1] as number
      if ((activity[above] as number) >= own) break
      put(above, at)
      at = (at - 1) >> 1
    }
    put(atom, at)
  }
  const down = (atom: number) => {
    let at = 0
    const own = activity[atom] as number
    for (let below = 1; below < size; below = 2 * at + 1) {
      const other = below + 1
      if (
        other < size &&
        (activity[heap[other] as number] as number) > (activity[heap[below] as number] as number)
      )
        below = other
      const least = heap[below] as number
      if ((activity[least] as number) <= own) break
      put(least, at)
      at = below
    }
    put(atom, at)
  }
  return {
    bump: (atom) => {
      activity[atom] = (activity[atom] as number) + step
      if (step > 1e100) {
        for (let k = 0; k < count; k++) activity[k] = (activity[k] as number) * 1e-100
        step *= 1e-100
      }
      if ((place[atom] as number) >= 0) up(atom, place[atom] as number)
    },
    decay: () => {
      step /= 0.95
    },
    insert: (atom) => {
      if ((place[atom] as number) < 0) up(atom, size++)
    },
    pop: () => {
      if (size === 0) return -1
      const top = heap[0] as number
      place[top] = -1
      const last = heap[--size] as number
      if (size > 0) down(last)
      return top
    },
  }
}
