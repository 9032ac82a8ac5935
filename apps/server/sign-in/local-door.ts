import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../../../kernel/fault.ts'

/** What a running server leaves in its data folder, readable by its owner alone. */
export type DoorPlate = { readonly address: string; readonly secret: string; readonly pid: number }

/** Lets in whoever can read the data folder: who owns the data may act as anybody in it. */
export type LocalDoor = {
  /** True for the secret of this start. */
  opens(secret: string): boolean
  /** Writes the address and the secret where the command line looks for them. */
  hang(address: string): void
  /** Removes the plate, if it is still ours. */
  close(): void
}

/** The door of one start in a data folder. */
export function localDoor(folder: string): LocalDoor {
  const secret = randomBytes(32).toString('base64url')
  const place = plateIn(folder)
  return {
    opens: (said) => timingSafeEqual(digest(said), digest(secret)),
    hang(address) {
      const draft = `${place}.${process.pid}`
      writeFileSync(draft, JSON.stringify({ address, secret, pid: process.pid }), { mode: 0o600 })
      renameSync(draft, place)
    },
    close() {
      if (readPlate(folder)?.secret === secret) rmSync(place)
    },
  }
}

/** The plate in a data folder; undefined where no server has hung one. Refuses `storage.notYours`. */
export function readPlate(folder: string): DoorPlate | undefined {
  const place = plateIn(folder)
  if (!existsSync(place)) return undefined
  try {
    return JSON.parse(readFileSync(place, 'utf8')) as DoorPlate
  } catch {
    throw new Fault(
      'storage.notYours',
      `The file ${place} cannot be read; the data folder belongs to somebody else.`,
      {
        folder,
      },
    )
  }
}

function plateIn(folder: string): string {
  return join(folder, 'door.json')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
