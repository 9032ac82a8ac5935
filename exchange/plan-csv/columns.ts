/** What a column of a plan table may say. */
export type PlanColumn =
  | 'uid'
  | 'id'
  | 'wbs'
  | 'level'
  | 'name'
  | 'mode'
  | 'active'
  | 'duration'
  | 'start'
  | 'finish'
  | 'predecessors'
  | 'resources'
  | 'work'
  | 'percentComplete'
  | 'milestone'
  | 'constraint'
  | 'constraintAt'
  | 'deadline'
  | 'actualStart'
  | 'actualFinish'
  | 'priority'
  | 'notes'

/** The heading of a column by what it says, for tables whose headings nobody could guess. */
export type ColumnMapping = Partial<Record<PlanColumn, string>>

/** Headings that are understood, in English and German; the first is the one that is written. */
export const HEADINGS: Readonly<Record<PlanColumn, readonly string[]>> = {
  uid: ['UID', 'Unique ID', 'Eindeutige Nummer', 'Eindeutige ID'],
  id: ['ID', 'No', 'No.', 'Nr', 'Nr.', '#', 'Number', 'Nummer', 'Row', 'Zeile', 'Task ID', 'Vorgangsnummer'],
  wbs: ['WBS', 'WBS code', 'PSP', 'PSP-Code', 'Outline number', 'Gliederungsnummer'],
  level: ['Outline level', 'Level', 'Ebene', 'Gliederungsebene'],
  name: [
    'Task name',
    'Name',
    'Task',
    'Activity',
    'Activity name',
    'Title',
    'Vorgang',
    'Vorgangsname',
    'Aufgabe',
    'Bezeichnung',
    'Titel',
  ],
  mode: ['Task mode', 'Mode', 'Vorgangsmodus', 'Modus'],
  active: ['Active', 'Aktiv'],
  duration: ['Duration', 'Dauer'],
  start: ['Start', 'Start date', 'Begin', 'Anfang', 'Beginn', 'Startdatum', 'Anfangstermin'],
  finish: [
    'Finish',
    'Finish date',
    'End',
    'End date',
    'Due',
    'Due date',
    'Ende',
    'Enddatum',
    'Endtermin',
    'Fertig stellen',
    'Fällig',
  ],
  predecessors: ['Predecessors', 'Predecessor', 'Depends on', 'Dependencies', 'Vorgänger', 'Abhängig von'],
  resources: [
    'Resources',
    'Resource names',
    'Resource',
    'Assigned to',
    'Assignee',
    'Owner',
    'Ressourcen',
    'Ressourcennamen',
    'Zuständig',
    'Verantwortlich',
  ],
  work: ['Work', 'Effort', 'Arbeit', 'Aufwand'],
  percentComplete: [
    '% complete',
    'Percent complete',
    'Complete',
    'Progress',
    '% abgeschlossen',
    'Fortschritt',
    'Prozent abgeschlossen',
  ],
  milestone: ['Milestone', 'Meilenstein'],
  constraint: ['Constraint type', 'Constraint', 'Einschränkungsart', 'Einschränkung'],
  constraintAt: ['Constraint date', 'Einschränkungstermin'],
  deadline: ['Deadline', 'Stichtag'],
  actualStart: ['Actual start', 'Ist-Anfang', 'Aktueller Anfang'],
  actualFinish: ['Actual finish', 'Ist-Ende', 'Aktuelles Ende'],
  priority: ['Priority', 'Priorität'],
  notes: ['Notes', 'Note', 'Notizen', 'Bemerkung', 'Bemerkungen'],
}

const COLUMN_OF = new Map<string, PlanColumn>(
  (Object.entries(HEADINGS) as [PlanColumn, readonly string[]][]).flatMap(([column, headings]) =>
    headings.map((heading) => [plain(heading), column] as const),
  ),
)

export type FoundColumns = {
  /** Place of each column that was found. */
  places: ReadonlyMap<PlanColumn, number>
  /** Headings that say nothing known here, and those that say a thing for the second time. */
  unread: string[]
  /** Headings of the mapping that the table does not have. */
  missing: string[]
}

/** Finds the columns of a plan in a row of headings, by the mapping where one is given, else by their words. */
export function findColumns(headings: readonly string[], mapping: ColumnMapping = {}): FoundColumns {
  const places = new Map<PlanColumn, number>()
  const missing: string[] = []
  const words = headings.map(plain)
  for (const [column, heading] of Object.entries(mapping) as [PlanColumn, string][]) {
    const at = words.indexOf(plain(heading))
    if (at >= 0) places.set(column, at)
    else missing.push(heading)
  }
  const taken = new Set(places.values())
  const unread: string[] = []
  for (const [at, word] of words.entries()) {
    if (taken.has(at)) continue
    const column = COLUMN_OF.get(word)
    if (column === undefined || places.has(column)) unread.push(headings[at] ?? '')
    else places.set(column, at)
  }
  return { places, unread: unread.filter((heading) => heading.trim() !== ''), missing }
}

/** Whether a first line looks like the headings of a plan: names, and something that dates can come from. */
export function looksLikePlan(line: string): boolean {
  const { places } = findColumns(line.split(separatorOf(line)).map((cell) => cell.replaceAll('"', '')))
  const telling = ['duration', 'start', 'finish', 'predecessors', 'wbs', 'level', 'milestone'] as const
  return places.has('name') && telling.some((column) => places.has(column))
}

/** The sign that stands most often in the headings: comma, semicolon or tab. */
export function separatorOf(line: string): ',' | ';' | '\t' {
  const bare = line.replace(/"[^"]*"/g, '')
  const count = (sign: string) => bare.split(sign).length
  if (count('\t') > Math.max(count(','), count(';'))) return '\t'
  return count(';') > count(',') ? ';' : ','
}

function plain(heading: string): string {
  return heading
    .replace(/[\s_]+/g, ' ')
    .trim()
    .toLowerCase()
}
