import type { PlanCalendar, PlanResource } from '../plan-file.ts'
import type { AssignmentRead, KnownUids } from './read-staff.ts'
import type { Gathered } from './read-task.ts'
import type { XmlNode } from './xml-tree.ts'

/** A plan while it is read: parts as they come, with their lines, before anything is checked against the rest. */
export type Draft = {
  projectNodes: XmlNode[]
  calendars: PlanCalendar[]
  calendarLines: Map<number, number>
  resources: PlanResource[]
  gathered: Gathered
  assignments: AssignmentRead[]
  known: KnownUids
  lines: { kind: 'calendar' | 'resource' | 'task'; uid: number; name: string; line: number }[]
}

export function openDraft(): Draft {
  return {
    projectNodes: [],
    calendars: [],
    calendarLines: new Map(),
    resources: [],
    gathered: { tasks: [], links: [], baselines: new Map() },
    assignments: [],
    known: { hasTaskZero: false, hasResourceZero: false, assignments: new Set(), highestAssignment: 0 },
    lines: [],
  }
}
