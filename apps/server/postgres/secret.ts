import { createHmac, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { Fault } from '../../../kernel/fault.ts'
import { type Places, syncFolder } from './folders.ts'

/**
 * The one secret of an embedded database, 0600 and ours; the passwords of its roles derive from it.
 * Faults: `storage.secretLost` when there is a database but no secret.
 */
export function secretOf(places: Places): Buffer {
  if (existsSync(places.secret)) return Buffer.from(readFileSync(places.secret, 'utf8').trim(), 'hex')
  if (existsSync(places.data)) {
    throw new Fault(
      'storage.secretLost',
      `The file ${places.secret} is missing, and without it nobody can sign in to the database beside it. ` +
        'Put it back from a backup.',
      { file: places.secret },
    )
  }
  const secret = randomBytes(32)
  keep(places.secret, secret.toString('hex'))
  return secret
}

/** The password of one role. */
export function passwordFor(secret: Buffer, role: string): string {
  return createHmac('sha256', secret).update(`postgres role ${role}`).digest('hex')
}

// On disk before anything depends on it.
function keep(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  const handle = openSync(draft, 'w', 0o600)
  writeSync(handle, text)
  fsyncSync(handle)
  closeSync(handle)
  renameSync(draft, file)
  syncFolder(dirname(file))
}
