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

/**
 * Where the table says what, for tables whose headings nobody could guess: the heading of a column, or its place counted
 * from 1; `null`: the table does not say it, whatever its headings are. What is not named is found by its words.
 */
export type ColumnMapping = { readonly [column in PlanColumn]?: string | number | null | undefined }

/** Headings that are understood, in the words of Microsoft Project (English, German, French, Spanish); the first is the one that is written. */
export const HEADINGS: Readonly<Record<PlanColumn, readonly string[]>> = {
  uid: ['UID', 'Unique ID', 'Eindeutige Nummer', 'Eindeutige ID', 'N° unique', 'Id. única'],
  id: [
    'ID',
    'No',
    'No.',
    'Nr',
    'Nr.',
    '#',
    'Number',
    'Nummer',
    'Row',
    'Zeile',
    'Task ID',
    'Vorgangsnummer',
    'N°',
  ],
  wbs: [
    'WBS',
    'WBS code',
    'PSP',
    'PSP-Code',
    'Outline number',
    'Gliederungsnummer',
    'Code WBS',
    'EDT',
    'N° hiérarchique',
    'Número de esquema',
  ],
  level: [
    'Outline level',
    'Level',
    'Ebene',
    'Gliederungsebene',
    'Niveau hiérarchique',
    'Niveau',
    'Nivel de esquema',
    'Nivel',
  ],
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
    'Nom de la tâche',
    'Nom',
    'Tâche',
    'Nombre de tarea',
    'Nombre',
    'Tarea',
  ],
  mode: ['Task mode', 'Mode', 'Vorgangsmodus', 'Modus', 'Mode tâche', 'Mode tâches', 'Modo de tarea', 'Modo'],
  active: ['Active', 'Aktiv', 'Actif', 'Activo', 'Activa'],
  duration: ['Duration', 'Dauer', 'Durée', 'Duración'],
  start: [
    'Start',
    'Start date',
    'Begin',
    'Anfang',
    'Beginn',
    'Startdatum',
    'Anfangstermin',
    'Scheduled start',
    'Début',
    'Date de début',
    'Comienzo',
    'Inicio',
    'Fecha de inicio',
  ],
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
    'Scheduled finish',
    'Fin',
    'Date de fin',
    'Fecha de fin',
  ],
  predecessors: [
    'Predecessors',
    'Predecessor',
    'Depends on',
    'Dependencies',
    'Vorgänger',
    'Abhängig von',
    'Prédécesseurs',
    'Predecesoras',
    'Predecesores',
  ],
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
    'Noms ressources',
    'Nom des ressources',
    'Ressources',
    'Nombres de los recursos',
    'Recursos',
    'Responsable',
  ],
  work: ['Work', 'Effort', 'Arbeit', 'Aufwand', 'Travail', 'Trabajo'],
  percentComplete: [
    '% complete',
    'Percent complete',
    'Complete',
    'Progress',
    '% abgeschlossen',
    'Fortschritt',
    'Prozent abgeschlossen',
    '% achevé',
    'Pourcentage achevé',
    '% completado',
    'Porcentaje completado',
  ],
  milestone: ['Milestone', 'Meilenstein', 'Jalon', 'Hito'],
  constraint: [
    'Constraint type',
    'Constraint',
    'Einschränkungsart',
    'Einschränkung',
    'Type de contrainte',
    'Tipo de restricción',
    'Tipo de delimitación',
  ],
  constraintAt: [
    'Constraint date',
    'Einschränkungstermin',
    'Date contrainte',
    'Date de contrainte',
    'Fecha de restricción',
    'Fecha de delimitación',
  ],
  deadline: ['Deadline', 'Stichtag', 'Échéance', 'Fecha límite'],
  actualStart: ['Actual start', 'Ist-Anfang', 'Aktueller Anfang', 'Début réel', 'Comienzo real'],
  actualFinish: ['Actual finish', 'Ist-Ende', 'Aktuelles Ende', 'Fin réelle', 'Fin real'],
  priority: ['Priority', 'Priorität', 'Priorité', 'Prioridad'],
  notes: ['Notes', 'Note', 'Notizen', 'Bemerkung', 'Bemerkungen', 'Remarques', 'Notas'],
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
  const unsaid = new Set<PlanColumn>()
  for (const [column, heading] of Object.entries(mapping) as [
    PlanColumn,
    string | number | null | undefined,
  ][]) {
    if (heading === undefined) continue
    const at =
      typeof heading === 'number' ? heading - 1 : heading === null ? -1 : words.indexOf(plain(heading))
    if (at >= 0 && at < words.length) places.set(column, at)
    else if (heading === null) unsaid.add(column)
    else missing.push(String(heading))
  }
  const taken = new Set(places.values())
  const unread: string[] = []
  for (const [at, word] of words.entries()) {
    if (taken.has(at)) continue
    const column = COLUMN_OF.get(word)
    if (column === undefined || places.has(column) || unsaid.has(column)) unread.push(headings[at] ?? '')
    else places.set(column, at)
  }
  return { places, unread: unread.filter((heading) => heading.trim() !== ''), missing }
}

/** Whether a first line looks like the headings of a plan: names, and something that dates can come from. */
export function looksLikePlan(line: string): boolean {
  return areHeadings(line.split(separatorOf(line)).map((cell) => cell.replaceAll('"', '')))
}

export function areHeadings(row: readonly string[]): boolean {
  const { places } = findColumns(row)
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
