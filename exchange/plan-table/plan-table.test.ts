import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isRefused, type PlanFile } from '../plan-file.ts'
import { readPlanBytes } from '../read-plan.ts'
import { linksIn, momentIn, peopleIn, spanIn, usualMinutesBetween } from './cell-values.ts'
import { type TableReading, tableFromCsv } from './plan-table.ts'
import { proposeReading } from './propose.ts'
import { readPlanTable } from './reader.ts'
import { writePlanCsv } from './writer.ts'

function tableOf(lines: string[]) {
  const table = tableFromCsv(lines.join('\r\n'))
  if ('refused' in table) throw new Error(table.refused.code)
  return table
}

function read(lines: string[], options: TableReading = {}) {
  const reading = readPlanTable(tableOf(lines), options)
  if (isRefused(reading)) throw new Error(reading.refused.sentence)
  const said = reading.loss.lines.map(({ level, text }) => `${level}: ${text}`)
  const task = (name: string) => reading.file.tasks.find((each) => each.name === name)
  return { ...reading, said, task }
}

function refusal(lines: string[], options: TableReading = {}) {
  const table = tableFromCsv(lines.join('\n'))
  const reading = 'refused' in table ? table : readPlanTable(table, options)
  if (!isRefused(reading)) throw new Error('it was read')
  return reading.refused
}

test('an English table with outline levels, links, people and progress', () => {
  const { file, task, said } = read([
    'ID,Task Name,Outline Level,Duration,Start,Finish,Predecessors,Resource Names,% Complete,Cost',
    '1,Depot,1,,2026-03-02,,,,,',
    '2,Survey,2,5 d,2026-03-02,2026-03-06,,"Ruth Abara, Lars Eklund[50%]",100%,400',
    '3,Move racks,2,1.5 w,2026-03-09,,"2FS+2d",Lars Eklund,40%,',
    '4,Open,1,0 d,2026-03-24,,"2,3SS-1 d",,0%,',
  ])
  expect(file.project).toMatchObject({ start: '2026-03-02T08:00:00', scheduleFrom: 'start', calendar: 1 })
  expect(task('Depot')).toMatchObject({ summary: true, durationMinutes: null })
  expect(task('Survey')).toMatchObject({
    parentUid: 1,
    durationMinutes: 2400,
    actualStart: '2026-03-02T08:00:00',
    actualFinish: '2026-03-06T17:00:00',
    percentComplete: 100,
  })
  expect(task('Move racks')).toMatchObject({
    durationMinutes: 3600,
    percentComplete: 40,
    remainingDurationMinutes: 2160,
  })
  expect(task('Open')).toMatchObject({ milestone: true, constraint: 'asap' })
  expect(
    file.links.map(({ predecessor, successor, type, lag }) => [predecessor, successor, type, lag]),
  ).toEqual([
    [2, 3, 'fs', { kind: 'working', minutes: 960 }],
    [2, 4, 'fs', { kind: 'working', minutes: 0 }],
    [3, 4, 'ss', { kind: 'working', minutes: -480 }],
  ])
  expect(file.resources.map(({ name, maxUnits }) => [name, maxUnits])).toEqual([
    ['Ruth Abara', 1],
    ['Lars Eklund', 1],
  ])
  expect(file.assignments).toMatchObject([
    { task: 2, resource: 1, units: 1, workMinutes: 2400, actualWorkMinutes: 2400 },
    { task: 2, resource: 2, units: 0.5, workMinutes: 1200 },
    { task: 3, resource: 2, workMinutes: 3600, actualWorkMinutes: 1440, remainingWorkMinutes: 2160 },
  ])
  expect(said).toContain('left out: the column "Cost" says nothing known here')
  expect(said).toContain('changed: 1 starts follow from the links; what the table says of them is not held')
})

test('a German table, separated by semicolons, outlined by its WBS code', () => {
  const { file, task } = read([
    'Nr.;PSP-Code;Vorgangsname;Dauer;Anfang;Ende;Vorgänger;Ressourcennamen;% Abgeschlossen;Meilenstein',
    '1;1;Umzug;;;;;;;Nein',
    '2;1.1;Planung;3 Tage;Mo 02.03.26;Mi 04.03.26;;Jan Kübler;0%;Nein',
    '3;1.2;Regale aufbauen;1,5 Wochen;;;"2EA+1 Tag";;0%;Nein',
    '4;1.3;Abnahme;0 Tage;15.04.2026 16:00;;;;0%;Ja',
  ])
  expect(file.tasks.map(({ outlineLevel }) => outlineLevel)).toEqual([1, 2, 2, 2])
  expect(file.project.start).toBe('2026-03-02T08:00:00')
  expect(task('Regale aufbauen')).toMatchObject({ durationMinutes: 3600, wbs: '1.2' })
  expect(file.links).toMatchObject([{ predecessor: 2, successor: 3, type: 'fs', lag: { minutes: 480 } }])
  expect(task('Abnahme')).toMatchObject({
    milestone: true,
    constraint: 'snet',
    constraintAt: '2026-04-15T16:00:00',
  })
})

test('headings nobody could guess are named by a mapping', () => {
  const lines = ['What;How long;After', 'Dig;2 d;', 'Pour;1 d;1']
  expect(refusal(lines)).toMatchObject({ code: 'file.notAPlan', facts: { looksLike: 'csv' } })
  const columns = { name: 'What', duration: 'how long', predecessors: 3 }
  const { file } = read(lines, { columns })
  expect(file.tasks.map(({ name, durationMinutes }) => [name, durationMinutes])).toEqual([
    ['Dig', 960],
    ['Pour', 480],
  ])
  expect(file.links).toHaveLength(1)
  expect(refusal(lines, { columns: { name: 'Who' } })).toMatchObject({ facts: { missing: ['Who'] } })
})

test('without a duration start and finish tell it, over the weekend; blanks before names tell the outline', () => {
  const { task } = read([
    'Task\tStart\tEnd',
    'Phase\t2026-01-08\t2026-01-13',
    '  Build\t2026-01-08\t2026-01-13',
  ])
  expect(task('Build')).toMatchObject({ durationMinutes: 4 * 480, parentUid: 1 })
})

test('days with strokes are read in the one order that fits, and doubt is said', () => {
  const order = (...days: string[]) =>
    read(['Name,Start,Duration', ...days.map((day, n) => `T${n},${day},1 d`)])
  expect(order('25/3/2026', '4/3/2026').task('T1')).toMatchObject({ constraint: 'asap' })
  expect(order('25/3/2026', '4/3/2026').file.project.start).toBe('2026-03-04T08:00:00')
  expect(order('3/25/2026', '4/3/2026').file.project.start).toBe('2026-03-25T08:00:00')
  const doubtful = order('4/3/2026')
  expect(doubtful.file.project.start).toBe('2026-04-03T08:00:00')
  expect(doubtful.said[0]).toBe('changed: dates like "4/3/2026" are read month first')
  expect(refusal(['Name,Start', 'A,25/3/2026', 'B,3/25/2026'])).toMatchObject({ code: 'file.badValue' })
})

test('what would make wrong dates is refused with its line', () => {
  const bad = (cells: string) => refusal(['ID,Name,Duration,Start,Predecessors', `1,Dig,1 d,,`, cells])
  expect(bad('2,Pour,soon,,')).toMatchObject({
    code: 'file.badValue',
    facts: { offenders: [{ name: 'Pour', field: 'duration', value: 'soon', line: 3 }] },
  })
  expect(bad('2,Pour,1 d,31.02.2026,').code).toBe('file.badValue')
  expect(bad('2,Pour,1 d,,after Dig').code).toBe('file.badValue')
  expect(bad('1,Pour,1 d,,').code).toBe('file.duplicateUid')
  expect(refusal(['ID,Name', '1,Dig,too much']).code).toBe('csv.width')
  expect(read(['ID,Name,Predecessors', '1,Dig,9']).said).toContain('left out: there is no row 9 to wait for')
})

test('cells as people write them', () => {
  expect(spanIn('1,5 Std.')).toMatchObject({ minutes: 90, elapsed: false })
  expect(spanIn('3 ed')).toMatchObject({ minutes: 4320, elapsed: true })
  expect(spanIn('2 fTage')).toMatchObject({ minutes: 2880, elapsed: true })
  expect(spanIn('4 days?')).toMatchObject({ minutes: 1920, estimated: true })
  expect(spanIn('7')).toMatchObject({ minutes: 3360, unit: 'days' })
  expect(spanIn('2 moons')).toBeUndefined()
  expect(momentIn('Fri 5 Jan 2026 1:30 pm', 'monthFirst')).toEqual({
    day: '2026-01-05',
    instant: '2026-01-05T13:30:00',
  })
  expect(momentIn('12. Dez 2026', 'monthFirst')).toEqual({ day: '2026-12-12' })
  expect(momentIn('Jan 5, 2026', 'dayFirst')).toEqual({ day: '2026-01-05' })
  expect(linksIn('3FS+50%;7EE-2 h')).toEqual([
    { row: '3', type: 'fs', lag: { kind: 'percent', percent: 50 } },
    { row: '7', type: 'ff', lag: { kind: 'working', minutes: -120 } },
  ])
  expect(peopleIn('Abara, Ruth;Lars[50%]')).toEqual([
    { name: 'Abara, Ruth', units: 1 },
    { name: 'Lars', units: 0.5 },
  ])
  // Friday noon to Tuesday 10:00: an afternoon, a day, two hours.
  expect(usualMinutesBetween('2026-01-09T12:00:00', '2026-01-13T10:00:00')).toBe(240 + 480 + 120)
})

const clinic = () => {
  const reading = readPlanBytes(readFileSync(new URL('../mspdi/fixtures/clinic-move.xml', import.meta.url)))
  if (isRefused(reading)) throw new Error(reading.refused.sentence)
  return reading.file
}

/** What a table can say of a plan. */
function sayable({ tasks, links }: PlanFile) {
  const rows = tasks.filter(({ blank }) => !blank)
  const names = new Map(rows.map(({ uid, name }) => [uid, name]))
  return {
    tasks: rows.map((task) => ({
      name: task.name,
      level: task.outlineLevel,
      mode: task.mode,
      active: task.active,
      milestone: task.milestone,
      constraint: task.constraint,
      constraintAt: task.constraintAt,
      deadline: task.deadline,
      notes: task.notes,
      ...(task.summary
        ? {}
        : { duration: task.durationMinutes, elapsed: task.durationElapsed, percent: task.percentComplete }),
    })),
    links: links.map(({ predecessor, successor, type, lag }) =>
      JSON.stringify([names.get(predecessor), names.get(successor), type, lag]),
    ),
  }
}

test('a plan written as a table and read again says the same, and what is lost is said', () => {
  const file = clinic()
  const { text, loss } = writePlanCsv(file)
  const again = readPlanBytes(new TextEncoder().encode(text))
  if (isRefused(again)) throw new Error(again.refused.sentence)
  const [before, after] = [sayable(file), sayable(again.file)]
  expect(after.tasks).toEqual(before.tasks)
  expect(after.links.toSorted()).toEqual(before.links.toSorted())
  expect(loss.lines.map((line) => line.text)).toContain('3 calendars')
  expect(writePlanCsv(again.file, { schedule: file.calculated }).text.split('\r\n')).toHaveLength(
    text.split('\r\n').length,
  )
})

test('tables are told from other text by their headings, whatever the encoding', () => {
  const german = 'Vorgangsname;Dauer;Vorgänger\nPlanen;2 Tage;\nBauen;3 Tage;1\n'
  const latin = Uint8Array.from(german, (sign) => sign.charCodeAt(0))
  const wide = new Uint8Array(Buffer.from(`\ufeff${german}`, 'utf16le'))
  for (const bytes of [latin, wide, new TextEncoder().encode(german)]) {
    const reading = readPlanBytes(bytes)
    if (isRefused(reading)) throw new Error(reading.refused.sentence)
    expect(reading.file.links).toHaveLength(1)
  }
  const letter = readPlanBytes(new TextEncoder().encode('Dear Ruth,\nthe plan follows.\n'))
  expect(letter).toMatchObject({ refused: { code: 'file.notAPlan' } })
})

test('a reading is proposed with what each column is taken for, and every cell that cannot be read', () => {
  const lines = [
    'Nr.;Vorgangsname;Dauer;Anfang;Kosten',
    '1;Graben;2 Tage;05/01/2026;400',
    ';;;;',
    '2;Gießen;bald;31/13/2026;',
  ]
  const proposal = proposeReading(tableOf(lines))
  expect(
    proposal.columns.map(({ letter, heading, takenFor, samples }) => [letter, heading, takenFor, samples[0]]),
  ).toEqual([
    ['A', 'Nr.', 'id', '1'],
    ['B', 'Vorgangsname', 'name', 'Graben'],
    ['C', 'Dauer', 'duration', '2 Tage'],
    ['D', 'Anfang', 'start', '05/01/2026'],
    ['E', 'Kosten', undefined, '400'],
  ])
  expect(proposal).toMatchObject({ headingRow: 1, rowCount: 2, dayOrder: 'dayFirst', problemCount: 2 })
  expect(proposal.problems).toEqual([
    { row: 4, column: 'D "Anfang"', field: 'start', value: '31/13/2026', text: '"31/13/2026" is no start' },
    { row: 4, column: 'C "Dauer"', field: 'duration', value: 'bald', text: '"bald" is no duration' },
  ])
  expect(refusal(lines).sentence).toContain('line 4, column D "Anfang"')
  const { task, said } = read(lines, { badCells: 'leaveOut', columns: { start: null } })
  expect(task('Gießen')).toMatchObject({ durationMinutes: null })
  expect(said).toContain('left out: column C "Dauer": "bald" is no duration')
  expect(said).toContain('left out: the column "Anfang" says nothing known here')
})

test('French and Spanish tables, as Microsoft Project exports them', () => {
  const french = read(
    [
      'N°;Nom de la tâche;Durée;Début;Fin;Prédécesseurs;Noms ressources;% achevé;Niveau hiérarchique',
      '1;Dépôt;;;;;;;1',
      '2;Plan;3 jours;lun. 05/01/26;mer. 07/01/26;;Anna[50%];100%;2',
      '3;Murs;1,5 sem;;;2FD+2 jours;;0%;2',
      '4;Séchage;2 jé;;;3DD;;0%;2',
    ],
    { dayOrder: 'dayFirst' },
  )
  expect(french.task('Plan')).toMatchObject({
    parentUid: 1,
    durationMinutes: 1440,
    actualStart: '2026-01-05T08:00:00',
  })
  expect(french.task('Séchage')).toMatchObject({ durationMinutes: 2880, durationElapsed: true })
  expect(french.file.links).toMatchObject([
    { predecessor: 2, successor: 3, type: 'fs', lag: { minutes: 960 } },
    { predecessor: 3, successor: 4, type: 'ss' },
  ])
  const spanish = read([
    'Id;Nombre de tarea;Duración;Comienzo;Predecesoras;Tipo de restricción;Fecha de restricción;Hito',
    '1;Obra;4 días;;;No comenzar antes del;9 mar 2026;No',
    '2;Entrega;0 días;;1FC;;;Sí',
  ])
  expect(spanish.task('Obra')).toMatchObject({
    durationMinutes: 1920,
    constraint: 'snet',
    constraintAt: '2026-03-09T08:00:00',
  })
  expect(spanish.task('Entrega')?.milestone).toBe(true)
})

test('the outline by WBS codes of letters, by nothing, and headings below a title', () => {
  const lines = ['Code,Task', 'A,Site', 'A.1,Dig', 'B,House']
  const columns = { wbs: 'Code' }
  expect(read(lines, { columns, outline: 'wbs' }).file.tasks.map(({ outlineLevel }) => outlineLevel)).toEqual(
    [1, 2, 1],
  )
  expect(
    read(lines, { columns, outline: 'none' }).file.tasks.map(({ outlineLevel }) => outlineLevel),
  ).toEqual([1, 1, 1])
  const titled = tableOf(['Plan of the depot,', ',', 'Task,Duration', 'Dig,2 d'])
  expect(proposeReading(titled)).toMatchObject({ headingRow: 3, rowCount: 1 })
  expect(readPlanTable(titled)).toMatchObject({ file: { tasks: [{ name: 'Dig', durationMinutes: 960 }] } })
  expect(readPlanTable(titled, { sheet: 'Costs' })).toMatchObject({ refused: { code: 'file.notAPlan' } })
})
