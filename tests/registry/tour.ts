import { readFileSync } from 'node:fs'
import { ROOMS } from '../../apps/rooms.ts'
import { createPrinter, printOf } from '../../apps/server/printer.ts'
import { machine } from '../../apps/server/world.ts'
import { isRefused } from '../../exchange/plan-file.ts'
import { readPlanBytes } from '../../exchange/read-plan.ts'
import { type Actor, SYSTEM } from '../../kernel/access.ts'
import { countedIds } from '../../kernel/id.ts'
import { createLedger, type Ledger } from '../../kernel/ledger/ledger.ts'
import { memoryStore, textHash } from '../../kernel/ledger/memory.ts'
import { createRegistry } from '../../kernel/registry.ts'

/** Every action of the product, once, in an order in which each makes sense. */
export type Step = {
  readonly action: string
  readonly input: object
  /** Whoever must be a person; else the product itself. */
  readonly by?: Actor
}

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [PROJECT, IMPORTED] = [id(1), id(2)]

/** A fresh ledger in memory with every room, a printer, and an uploaded plan. */
export async function openTour() {
  let nowMs = Date.UTC(2026, 10, 20, 9)
  const printer = createPrinter()
  const ledger = createLedger({
    registry: createRegistry(ROOMS),
    store: memoryStore(machine.hashBytes),
    hash: textHash(machine.hashBytes),
    hashBytes: machine.hashBytes,
    clock: () => {
      nowMs += 1000
      return nowMs
    },
    newId: countedIds(1),
    salt: countedIds(2),
    print: printOf(printer),
  })
  const fixture = new URL('../../exchange/mspdi/fixtures/clinic-move.xml', import.meta.url)
  const reading = readPlanBytes(readFileSync(fixture))
  if (isRefused(reading)) throw new Error(reading.refused.sentence)
  const plan = await ledger.keep(new TextEncoder().encode(JSON.stringify(reading.file)))
  return { ledger, steps: stepsOf(plan), close: () => printer.close() }
}

function stepsOf(plan: string): Step[] {
  return [...workspaceSteps(), ...planSteps(), ...reportSteps(plan)]
}

function workspaceSteps(): Step[] {
  return [
    {
      action: 'people.setUp',
      input: {
        organisation: 'Harborline Mutual',
        person: id(10),
        name: 'Maya Okafor',
        email: 'maya@harborline.example',
      },
    },
    {
      action: 'organisation.add',
      input: { id: id(11), name: 'Brightwater Systems', type: 'vendor', country: 'GB' },
    },
    {
      action: 'person.add',
      input: { id: id(12), name: 'Lars Eklund', email: 'lars@brightwater.example', organisation: id(11) },
    },
    { action: 'person.edit', input: { id: id(12), function: 'Integration lead' } },
    {
      action: 'project.create',
      input: {
        id: PROJECT,
        name: 'Finance to the cloud',
        code: 'ERP',
        start: '2026-03-02T08:00:00',
        method: 'hybrid',
        currency: 'USD',
      },
    },
    {
      action: 'project.edit',
      input: { project: PROJECT, statusDate: '2026-03-13T17:00:00', sponsor: id(10) },
    },
    {
      action: 'calendar.add',
      input: {
        id: id(20),
        in: PROJECT,
        name: 'Mornings',
        week: [[], ...Array.from({ length: 5 }, () => [{ fromMinute: 480, toMinute: 720 }]), []],
      },
    },
    {
      action: 'calendar.edit',
      input: {
        id: id(20),
        exceptions: [{ name: 'May Day', from: '2026-05-01', to: '2026-05-01', shifts: [] }],
      },
    },
    {
      action: 'resource.add',
      input: { id: id(21), in: PROJECT, name: 'Lars Eklund', type: 'work', person: id(12), calendar: id(20) },
    },
    { action: 'resource.edit', input: { id: id(21), maxUnits: 0.5 } },
    { action: 'phase.add', input: { id: id(22), in: PROJECT, name: 'Design', rank: 'V' } },
    {
      action: 'gate.add',
      input: { id: id(23), in: PROJECT, name: 'Design accepted', phase: id(22), on: '2026-04-01' },
    },
    {
      action: 'gate.decide',
      input: {
        id: id(23),
        decision: 'passedWithConditions',
        on: '2026-04-02',
        conditions: 'Close two findings.',
      },
    },
    { action: 'phase.add', input: { id: id(24), in: PROJECT, name: 'Build', rank: 'k' } },
    { action: 'phase.remove', input: { id: id(24) } },
  ]
}

function planSteps(): Step[] {
  return [
    { action: 'task.create', input: { id: id(30), project: PROJECT, name: 'Design', durationMinutes: 2400 } },
    {
      action: 'task.create',
      input: { id: id(31), project: PROJECT, name: 'Draft', durationMinutes: 960, after: id(30) },
    },
    {
      action: 'task.create',
      input: { id: id(32), project: PROJECT, name: 'Review', durationMinutes: 480, after: id(31) },
    },
    {
      action: 'task.create',
      input: { id: id(33), project: PROJECT, name: 'Signed', durationMinutes: 0, after: id(32) },
    },
    { action: 'task.indent', input: { tasks: [id(31), id(32), id(33)] } },
    { action: 'task.outdent', input: { tasks: [id(33)] } },
    { action: 'task.move', input: { tasks: [id(32)], parent: id(30) } },
    {
      action: 'task.link',
      input: {
        links: [
          {
            id: id(40),
            predecessor: id(31),
            successor: id(32),
            type: 'ss',
            lag: { kind: 'working', minutes: 240 },
          },
          { id: id(41), predecessor: id(32), successor: id(33) },
        ],
      },
    },
    { action: 'health.fix', input: { project: PROJECT, point: 3 } },
    { action: 'link.edit', input: { links: [{ id: id(40), type: 'fs', lag: null }] } },
    { action: 'health.setLimits', input: { in: PROJECT, limits: { lagsPercent: 10, highFloatDays: 30 } } },
    {
      action: 'health.answer',
      input: { project: PROJECT, question: '1.1', grade: 'partially', evidence: 'The vendor plans apart.' },
    },
    {
      action: 'task.edit',
      input: {
        tasks: [
          { id: id(31), durationMinutes: 1440, notes: 'With finance.' },
          { id: id(32), deadline: '2026-03-20T17:00:00' },
        ],
      },
    },
    {
      action: 'task.constrain',
      input: { tasks: [{ id: id(31), constraint: 'snet', at: '2026-03-04T08:00:00' }] },
    },
    {
      action: 'task.assign',
      input: { assignments: [{ id: id(42), task: id(31), resource: id(21), units: 0.5 }] },
    },
    {
      action: 'task.create',
      input: { id: id(34), project: PROJECT, name: 'Interviews', durationMinutes: 1440, after: id(33) },
    },
    {
      action: 'task.assign',
      input: { assignments: [{ id: id(43), task: id(34), resource: id(21), units: 0.5 }] },
    },
    { action: 'schedule.level', input: { project: PROJECT, schedules: 20 } },
    { action: 'assignment.edit', input: { assignments: [{ id: id(42), units: 0.25 }] } },
    { action: 'baseline.take', input: { id: id(50), project: PROJECT, number: 1, name: 'Approved' } },
    {
      action: 'trace.add',
      input: {
        id: id(80),
        from: { kind: 'task', id: id(31) },
        to: { kind: 'gate', id: id(23) },
        type: 'evidences',
      },
    },
    { action: 'trace.remove', input: { id: id(80) } },
    { action: 'task.progress', input: { tasks: [{ id: id(31), percentComplete: 40 }] } },
    { action: 'schedule.reschedule', input: { project: PROJECT, after: '2026-06-01T08:00:00' } },
    { action: 'task.unassign', input: { assignments: [id(42)] } },
    { action: 'task.unlink', input: { links: [id(41)] } },
    { action: 'task.remove', input: { tasks: [id(30)] } },
  ]
}

function reportSteps(plan: string): Step[] {
  return [
    { action: 'schedule.import', input: { id: IMPORTED, fileName: 'clinic-move.xml', plan } },
    { action: 'report.draft', input: { id: id(60), project: PROJECT, to: '2026-03-13' } },
    { action: 'report.write', input: { report: id(60), words: { summary: 'Design goes well.' } } },
    { action: 'report.publish', input: { report: id(60) } },
    { action: 'report.draft', input: { id: id(61), project: PROJECT, to: '2026-03-27' } },
    { action: 'report.discard', input: { report: id(61) } },
    { action: 'role.grant', input: { id: id(70), person: id(12), role: FIRST_ROLE, in: PROJECT } },
    { action: 'role.edit', input: { id: FIRST_ROLE, name: 'Viewer of plans' } },
    { action: 'role.withdraw', input: { id: id(70) } },
    {
      action: 'token.add',
      by: ADMINISTRATOR,
      input: {
        id: id(71),
        name: 'Assistant',
        permissions: ['*.read'],
        endsOn: '2027-01-31',
        hash: '0'.repeat(64),
      },
    },
    { action: 'token.revoke', input: { id: id(71) } },
    { action: 'library.setUp', input: {} },
    {
      action: 'template.add',
      input: {
        id: id(74),
        name: 'Empty project',
        about: 'One task.',
        steps: [{ action: 'task.create', input: { id: '$new:task', project: '$project', name: 'Begin' } }],
      },
    },
    { action: 'template.save', input: { id: id(75), project: PROJECT, name: 'Ours', about: 'As we do it.' } },
    {
      action: 'template.use',
      input: { id: id(76), template: id(75), name: 'Next', start: '2026-12-01T08:00:00' },
    },
    { action: 'template.remove', input: { id: id(74) } },
    { action: 'suggestion.add', input: suggestion(72) },
    { action: 'suggestion.add', input: suggestion(73) },
    { action: 'suggestion.accept', by: ADMINISTRATOR, input: { suggestion: id(72) } },
    { action: 'suggestion.decline', by: ADMINISTRATOR, input: { suggestion: id(73), reply: 'Not now.' } },
    { action: 'person.erase', input: { id: id(12) } },
  ]
}

const ADMINISTRATOR: Actor = { kind: 'person', id: id(10), name: '' }

function suggestion(n: number) {
  const input = { id: id(n + 10), name: 'Mina Sørensen' }
  return { id: id(n), project: PROJECT, action: 'person.add', input, why: 'Named in the minutes.' }
}

/** Made by `people.setUp`, the first action of the tour: the fourth id that the ledger gives out is the viewer's role. */
const FIRST_ROLE = '00000000-0001-7000-8000-000000000004'

/** All current rows without the number of the change that wrote them. */
export function rowsNow(ledger: Ledger): Promise<string> {
  return ledger.read(SYSTEM, async (read) => {
    const kinds: Record<string, unknown> = {}
    for (const record of ledger.registry.records) {
      kinds[record.kind] = (await read.all(record)).map(({ seq: _seq, ...row }) => row)
    }
    return JSON.stringify(kinds)
  })
}

/**
 * Rows without what chance and clock give each run: ids that the ledger made are counted through in their order, instants
 * and the hashes of files that hold such ids are blotted out.
 */
export function alike(rows: string): string {
  const made = [...new Set(rows.match(/00000000-0001-7000-8000-[0-9a-f]{12}/g))].sort()
  const place = new Map(made.map((each, index) => [each, `made-${index}`]))
  return rows
    .replace(/00000000-0001-7000-8000-[0-9a-f]{12}/g, (each) => place.get(each) ?? each)
    .replace(/\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z/g, 'instant')
    .replace(/"[0-9a-f]{64}"/g, '"hash"')
}
