/** Nodes to visit in an order: marked by place, found again by a quick search; nothing is visited twice. */
export type Marks = {
  readonly order: Int32Array
  /** The place of each node in the order. */
  readonly placeOf: Int32Array
  readonly marked: Uint8Array
}

/** `order` lists node numbers below `nodeCount`; some of them may be missing. */
export function newMarks(order: Int32Array, nodeCount: number): Marks {
  const placeOf = new Int32Array(nodeCount).fill(-1)
  for (let k = 0; k < order.length; k++) placeOf[order[k] as number] = k
  return { order, placeOf, marked: new Uint8Array(order.length) }
}

export function mark({ placeOf, marked }: Marks, node: number): void {
  marked[placeOf[node] as number] = 1
}

/** Visits the marked nodes in order and takes the marks away; a visit may mark what comes later. */
export function visitMarked({ order, marked }: Marks, visit: (node: number) => void): void {
  for (let k = marked.indexOf(1); k >= 0; k = marked.indexOf(1, k + 1)) {
    marked[k] = 0
    visit(order[k] as number)
  }
}
