/**
 * Which place in the page each row takes: rows that stay keep theirs, rows that scroll in take over the places of
 * those that scrolled out. The browser then changes words instead of building and tearing down elements.
 */
export function nextSlots(before: ReadonlyMap<string, number>, ids: readonly string[]): Map<string, number> {
  const slots = new Map<string, number>()
  const taken = new Set<number>()
  for (const id of ids) {
    const slot = before.get(id)
    if (slot === undefined) continue
    slots.set(id, slot)
    taken.add(slot)
  }
  let free = 0
  for (const id of ids) {
    if (slots.has(id)) continue
    while (taken.has(free)) free += 1
    slots.set(id, free)
    taken.add(free)
  }
  return slots
}
