import { DESK } from '../capabilities/desk/desk.room.ts'
import { LIBRARY } from '../capabilities/library/library.room.ts'
import { PEOPLE } from '../capabilities/people/people.room.ts'
import { PROJECT } from '../capabilities/project/project.room.ts'
import { REPORT } from '../capabilities/report/report.room.ts'
import { SCHEDULE } from '../capabilities/schedule/schedule.room.ts'
import { SUGGESTION } from '../capabilities/suggestion/suggestion.room.ts'
import { TRACE } from '../kernel/link.ts'
import type { Room } from '../kernel/registry.ts'

/** The rooms, which is also the ladder: a room may import only rooms earlier in this list. */
export const ROOMS: readonly Room[] = [TRACE, PEOPLE, SUGGESTION, LIBRARY, PROJECT, SCHEDULE, REPORT, DESK]
