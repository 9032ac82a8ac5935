/** Makes the next identity. Chance and clock come from outside, so that tests and forks can repeat themselves. */
export type NewId = () => string

/**
 * UUID version 7 (RFC 9562, 5.7): 48 bits of time in milliseconds, then chance; ids sort by when they were made.
 * `chance` gives 10 bytes.
 */
export function uuidV7(atMs: number, chance: Uint8Array): string {
  const time = Math.floor(atMs).toString(16).padStart(12, '0').slice(-12)
  const bytes = Array.from(chance.subarray(0, 10), (byte) => byte.toString(16).padStart(2, '0'))
  const random = bytes.join('').padEnd(20, '0')
  const variant = (8 + (Number.parseInt(random[3] ?? '0', 16) & 3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`
}

/** Ids in a row from a seed, for tests, demo data and everything that must come out the same each time. */
export function countedIds(seed: number): NewId {
  let count = 0
  return () => {
    count += 1
    const tail = count.toString(16).padStart(12, '0')
    return `00000000-${(seed & 0xffff).toString(16).padStart(4, '0')}-7000-8000-${tail}`
  }
}
