/** Where a command writes: results to one stream, refusals to the other. */
export type Terminal = {
  readonly print: (text: string) => void
  readonly error: (text: string) => void
  /** Colours and weight are shown to people, not to files. */
  readonly isForPeople: boolean
}

// A reader that has seen enough (`| head`) closes the pipe: what is left has nobody to go to, and that is no failure.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault
})

export const processTerminal: Terminal = {
  print: (text) => void process.stdout.write(`${text}\n`),
  error: (text) => void process.stderr.write(`${text}\n`),
  isForPeople: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
}

const SIGNS = { bold: [1, 22], faint: [2, 22], link: [4, 24] } as const

/** A text as people see it: bold, faint or underlined (ECMA-48, SGR). */
export function written(terminal: Terminal, sign: keyof typeof SIGNS, text: string): string {
  const [on, off] = SIGNS[sign]
  return terminal.isForPeople ? `\u001B[${on}m${text}\u001B[${off}m` : text
}
