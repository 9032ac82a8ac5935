/** Facts that go with a refusal: plain JSON, so that they cross every door unchanged. */
export type Facts = Readonly<Record<string, unknown>>

/**
 * A refusal: a stable code (`room.reason`), a sentence a person understands, and the facts.
 * Whoever throws it has written nothing; doors pass it on as it is.
 */
export class Fault extends Error {
  readonly code: string
  readonly facts: Facts

  constructor(code: string, sentence: string, facts: Facts = {}) {
    super(sentence)
    this.name = 'Fault'
    this.code = code
    this.facts = facts
  }
}

/** True for a refusal of ours, also one that was rebuilt from its JSON by another process. */
export function isFault(error: unknown): error is Fault {
  return error instanceof Fault
}

/** The refusal as plain data, for a door to send. */
export function faultData(fault: Fault): { code: string; sentence: string; facts: Facts } {
  return { code: fault.code, sentence: fault.message, facts: fault.facts }
}
