/**
 * Places labels as near as possible to where they belong, none on another: neighbours that would meet are gathered and
 * centred on the mean of their wishes. Answers in the order of the wishes.
 */
export function spreadLabels(
  wishes: readonly number[],
  { gapPx, fromPx, toPx }: { gapPx: number; fromPx: number; toPx: number },
): number[] {
  const order = wishes.map((_, index) => index).sort((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0) || a - b)
  const groups: { members: number[]; sum: number }[] = []
  for (const index of order) {
    let group = { members: [index], sum: wishes[index] ?? 0 }
    for (let above = groups.at(-1); above && bottomOf(above, gapPx) + gapPx > topOf(group, gapPx); ) {
      groups.pop()
      group = { members: [...above.members, ...group.members], sum: above.sum + group.sum }
      above = groups.at(-1)
    }
    groups.push(group)
  }
  const placed = new Array<number>(wishes.length).fill(0)
  let least = fromPx
  for (const group of groups) {
    const highest = toPx - (group.members.length - 1) * gapPx
    let at = Math.max(least, Math.min(topOf(group, gapPx), highest))
    for (const index of group.members) {
      placed[index] = at
      at += gapPx
    }
    least = at
  }
  return placed
}

type Group = { members: readonly number[]; sum: number }

function topOf({ members, sum }: Group, gapPx: number): number {
  return sum / members.length - ((members.length - 1) * gapPx) / 2
}

function bottomOf(group: Group, gapPx: number): number {
  return topOf(group, gapPx) + (group.members.length - 1) * gapPx
}
