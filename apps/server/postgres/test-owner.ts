import { isFault } from '../../../kernel/fault.ts'
import { startEmbedded } from './embedded.ts'

// A process that owns an embedded database until it is told to stop or is killed:
//   node test-owner.ts FOLDER leave-server|end-with-owner
const [folder = '', mode] = process.argv.slice(2)
try {
  const database = await startEmbedded({ folder, endWithOwner: mode === 'end-with-owner' })
  database.announce('http://127.0.0.1:7373')
  const stayAlive = setInterval(() => undefined, 60_000)
  process.on('SIGTERM', () => {
    clearInterval(stayAlive)
    void database.stop()
  })
  console.log('owns')
} catch (cause) {
  console.log(isFault(cause) ? cause.code : String(cause))
}
