import type { Room } from '../../kernel/registry.ts'
import { newsForMe, showDesk } from './desk.queries.ts'

export const DESK: Room = {
  name: 'desk',
  title: 'My desk',
  queries: [showDesk, newsForMe],
}
