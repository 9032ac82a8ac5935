import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { action } from '../../../kernel/action.ts'
import { record } from '../../../kernel/record.ts'
import type { Room } from '../../../kernel/registry.ts'
import { ROOMS } from '../../rooms.ts'
import { machine } from '../world.ts'
import { readUploadedPlan } from './plan-intake.ts'
import { type TestHouse, testHouse } from './test-house.ts'

let turn: (() => void) | undefined
const Sack = record('sack', { kilograms: z.int() }, { title: 'Sack', scope: 'workspace' })
/** A room whose one verb takes as long as the test wants. */
const MILL: Room = {
  name: 'mill',
  title: 'Mill',
  records: [Sack],
  actions: [
    action('grain.grind', {
      title: 'Grind grain',
      about: 'Takes its time.',
      allow: 'mill.write',
      input: z.strictObject({ id: z.uuid() }),
      prepare: async (_read, _input, { progress, signal }) => {
        progress(0.5, 'grinding')
        await new Promise<void>((resolve, reject) => {
          turn = resolve
          signal.addEventListener('abort', () => reject(signal.reason))
        })
        signal.throwIfAborted()
      },
      run: async (tx, { id }) => tx.put(Sack, { id, project: null, kilograms: 50 }),
    }),
    action('grain.spill', {
      title: 'Spill grain',
      about: 'Fails in a way that nobody foresaw.',
      allow: 'mill.write',
      input: z.strictObject({}),
      run: async () => {
        throw new TypeError('the secret recipe is 42')
      },
    }),
  ],
}

let house: TestHouse
let erp: Awaited<ReturnType<TestHouse['project']>>
let ada: Awaited<ReturnType<TestHouse['as']>>
beforeAll(async () => {
  house = await testHouse([...ROOMS, MILL], { readPlan: readUploadedPlan })
  erp = await house.project('ERP replacement')
  ada = await house.as(house.administrator)
})
afterAll(() => house.close())

const fixture = join(import.meta.dirname, '../../../exchange/mspdi/fixtures/clinic-move.xml')

test('an action answers its change, its output and the rows it wrote', async () => {
  const id = machine.newId()
  const input = { id, project: erp.id, name: 'Go live', milestone: true }
  const done = await ada.post('/api/task.create', input)
  expect(done.status).toBe(200)
  expect(done.json).toMatchObject({
    seq: await house.house.ledger.head(),
    wrote: [{ kind: 'task', id, removed: false }],
    repeated: false,
  })
})

test('a repeated key is answered again and does nothing twice', async () => {
  const input = { id: machine.newId(), project: erp.id, name: 'Data migration' }
  const key = { 'idempotency-key': 'drop-7f3a' }
  const first = await ada.post('/api/task.create', input, key)
  const again = await ada.post('/api/task.create', input, key)
  expect(again.json).toMatchObject({ seq: first.json.seq, repeated: true })
  const other = await ada.post('/api/task.create', { ...input, name: 'Another' }, key)
  expect([other.status, other.json.code]).toEqual([409, 'key.reused'])
})

test('a change over a row that moved on is refused with what changed and by whom', async () => {
  const [task] = erp.tasks
  const seen = await ada.get(`/api/records/task/${task}`)
  const etag = String(seen.headers.etag)
  expect((await ada.get(`/api/records/task/${task}`, { 'if-none-match': etag })).status).toBe(304)
  const edit = (name: string, headers = {}) =>
    ada.post('/api/task.edit', { tasks: [{ id: task, name }] }, headers)
  const edited = await edit('Analysis of the old ledger', { 'if-match': etag })
  expect([edited.status, edited.json.code]).toEqual([200, undefined])
  const stale = await edit('Analysis, again', { 'if-match': etag })
  expect(stale.status).toBe(412)
  expect(stale.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(stale.json).toMatchObject({ code: 'change.stale', facts: { by: 'Ada Wolff', kind: 'task' } })
  expect((await edit('x', { 'if-match': 'W/"task"' })).status).toBe(400)
})

test('undo goes through the same door and says so when it comes too late', async () => {
  const [, build] = erp.tasks
  const rename = (name: string) => ada.post('/api/task.edit', { tasks: [{ id: build, name }] })
  const first = await rename('Build, first idea')
  const undone = await ada.post('/api/change.undo', { seq: first.json.seq })
  expect(undone.status).toBe(200)
  expect((await ada.get(`/api/records/task/${build}`)).json.name).toBe('ERP replacement: build')
  const second = await rename('Build, second idea')
  await rename('Build, third idea')
  const late = await ada.post('/api/change.undo', { seq: second.json.seq })
  expect([late.status, late.json.code]).toEqual([409, 'change.overtaken'])
  expect((await ada.post('/api/change.undo', { seq: 'all' })).status).toBe(400)
})

test('a question reads its fields from the address and the past from asOf', async () => {
  const now = await ada.get(`/api/schedule.show?project=${erp.id}&drivers=true`)
  expect(now.status).toBe(200)
  const head = await house.house.ledger.head()
  expect(now.headers['helmward-seq']).toBe(String(head))
  const founded = (await ada.get(`/api/records/task/${erp.tasks[0]}/history`)).json.versions[0]
  expect(founded).toMatchObject({ change: { action: 'task.create', actor: { kind: 'system' } } })
  const then = await ada.get(`/api/schedule.show?project=${erp.id}&asOf=${founded.row.seq}`)
  expect(then.json.tasks).toHaveLength(1)
  expect(now.json.tasks.length).toBeGreaterThan(1)
  const nested = encodeURIComponent(JSON.stringify({ project: erp.id, with: { seq: founded.row.seq } }))
  expect((await ada.get(`/api/schedule.compare?input=${nested}`)).status).toBe(200)
  const also = await ada.get(
    `/api/schedule.compare?project=${erp.id}&with=${encodeURIComponent(`{"seq":${founded.row.seq}}`)}`,
  )
  expect(also.status).toBe(200)
  expect((await ada.get(`/api/schedule.show?project=${erp.id}&asOf=yesterday`)).json.code).toBe(
    'input.invalid',
  )
})

test('a register is paged, filtered, sorted and searched', async () => {
  const list = async (query: string) => (await ada.get(`/api/records/task?project=${erp.id}${query}`)).json
  const all = await list('&sort=-name')
  expect(all).toMatchObject({ page: 1, size: 100, seq: await house.house.ledger.head() })
  const names = all.rows.map((row: { name: string }) => row.name)
  expect(names).toEqual([...names].sort((a, b) => b.localeCompare(a, 'en')))
  expect(await list('&size=1&page=2&sort=name')).toMatchObject({ total: all.total, rows: [{}] })
  expect((await list('&milestone=true')).rows.map((row: { name: string }) => row.name)).toEqual(['Go live'])
  expect((await list('&q=MIGRATION')).total).toBe(1)
  for (const query of ['&size=501', '&size=0', '&colour=red', '&sort=colour', '&q=a&q=b']) {
    expect((await list(query)).code).toBe('input.invalid')
  }
})

test('a register leaves as CSV that no spreadsheet runs', async () => {
  await ada.post('/api/task.create', {
    id: machine.newId(),
    project: erp.id,
    name: '=HYPERLINK("http://evil")',
  })
  const csv = await ada.get(`/api/records/task?project=${erp.id}&q=hyperlink`, { accept: 'text/csv' })
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(csv.text).toContain(`"'=HYPERLINK(""http://evil"")"`)
  expect(csv.text).toContain('durationMinutes (minutes)')
})

test('what is not described is refused by name, what does not exist is not found', async () => {
  const badInput = await ada.post('/api/task.create', { project: 'x' })
  expect(badInput.json).toMatchObject({ code: 'input.invalid' })
  expect(badInput.json.facts.issues.map(({ at }: { at: string }) => at)).toEqual(
    expect.arrayContaining(['id', 'project']),
  )
  const noJson = await ada.post('/api/task.create', 'name=x', {
    'content-type': 'application/x-www-form-urlencoded',
  })
  expect([noJson.status, noJson.json.code]).toEqual([415, 'input.malformed'])
  expect((await ada.post('/api/task.create', '{"a":', { 'content-type': 'application/json' })).status).toBe(
    400,
  )
  expect((await ada.post('/api/task.explode', {})).json.code).toBe('route.missing')
  expect((await ada.get('/api/records/unicorn')).status).toBe(404)
  expect((await ada.get('/api/records/task/not-an-id')).json.code).toBe('task.missing')
  expect((await house.anybody.get('/api/project.list')).json.code).toBe('signIn.needed')
})

test('an unforeseen failure tells a reference number and nothing else', async () => {
  const failed = await ada.post('/api/grain.spill', {})
  expect(failed.status).toBe(500)
  expect(failed.text).not.toMatch(/recipe|TypeError|\.ts/)
  const { reference } = failed.json.facts
  expect(
    house.lines.some((line) => line.includes(reference) && line.includes('the secret recipe is 42')),
  ).toBe(true)
})

test('long work runs as a job that its owner alone sees, and can be given up', async () => {
  const grind = () => ada.post('/api/grain.grind', { id: machine.newId() }, { prefer: 'respond-async' })
  const begun = await grind()
  expect([begun.status, begun.headers.location]).toEqual([202, `/api/jobs/${begun.json.job}`])
  const job = async (id: string) => (await ada.get(`/api/jobs/${id}`)).json
  await expect
    .poll(() => job(begun.json.job))
    .toMatchObject({ state: 'running', share: 0.5, phrase: 'grinding' })
  const petra = await house.as(await house.person('Petra Novak', 'administrator'))
  expect((await petra.get(`/api/jobs/${begun.json.job}`)).json.code).toBe('job.missing')
  turn?.()
  await expect
    .poll(() => job(begun.json.job))
    .toMatchObject({ state: 'done', outcome: { wrote: [{ kind: 'sack' }] } })
  const second = (await grind()).json.job
  await expect.poll(() => job(second)).toMatchObject({ phrase: 'grinding' })
  const head = await house.house.ledger.head()
  await ada.delete(`/api/jobs/${second}`)
  await expect
    .poll(() => job(second))
    .toMatchObject({ state: 'cancelled', fault: { code: 'work.cancelled' } })
  expect(await house.house.ledger.head()).toBe(head)
})

test('a Microsoft Project file is read, kept, imported and shown', async () => {
  const bytes = await readFile(fixture)
  const upload = (body: Buffer, name: string, from = ada) =>
    from.post(`/api/files/plan?name=${name}`, body, { 'content-type': 'application/xml' })
  const read = await upload(bytes, 'clinic-move.xml')
  expect(read.status).toBe(200)
  const { source, plan, summary, loss, fileName } = read.json
  expect(summary.tasks).toBeGreaterThan(10)
  expect(loss.counts.taken).toBeGreaterThan(0)
  const id = machine.newId()
  const imported = await ada.post('/api/schedule.import', { id, plan, source, fileName })
  expect(imported.json.output).toMatchObject({ project: id, tasks: summary.tasks })
  const shown = await ada.get(`/api/schedule.show?project=${id}`)
  expect(shown.json.tasks).toHaveLength(summary.tasks)
  const rows = (await ada.get(`/api/project.rows?project=${id}`)).json
  expect(rows.rows.task).toHaveLength(summary.tasks)
  const refused = await upload(Buffer.from('<html><body>hello</body></html>'), 'page.xml')
  expect([refused.status, refused.json.code]).toEqual([422, 'file.notAPlan'])
  // Nothing of it stays: kept bytes can be named as a plan to import.
  const page = machine.hashBytes(new TextEncoder().encode('<html><body>hello</body></html>'))
  const smuggled = { id: machine.newId(), fileName: 'page.xml', plan: page }
  const answer = await ada.post('/api/schedule.import', smuggled)
  expect([answer.status, answer.json.code]).toEqual([404, 'blob.missing'])
  expect((await upload(Buffer.alloc(0), 'empty.xml')).json.code).toBe('file.empty')
  // Each reading costs a process: whoever comes when four are under way is asked to come again.
  const crowd = await Promise.all(Array.from({ length: 7 }, () => upload(bytes, 'clinic-move.xml')))
  expect(crowd.filter(({ status }) => status === 200)).toHaveLength(4)
  expect(new Set(crowd.map(({ json }) => json.code))).toEqual(new Set([undefined, 'rate.files']))
  expect((await upload(bytes, 'clinic-move.xml')).status).toBe(200)
  const viewer = await house.as(await house.person('Vera Lind', 'viewer'))
  expect((await upload(bytes, 'clinic-move.xml', viewer)).json.code).toBe('access.denied')
})

test('a table whose headings nobody could guess is read, tried and imported under a mapping', async () => {
  const text = 'Was;Wie lange;Danach\nGraben;2 Tage;\nGießen;bald;1\n'
  const upload = await ada.post('/api/files/plan?name=depot.csv', Buffer.from(text), {
    'content-type': 'text/csv',
  })
  expect([upload.status, upload.json.plan]).toEqual([200, undefined])
  const { table, source, fileName } = upload.json
  const attempt = async (reading: object) => {
    const asked = encodeURIComponent(JSON.stringify({ table, reading }))
    return (await ada.get(`/api/schedule.readTable?input=${asked}`)).json
  }
  expect((await attempt({})).refused.code).toBe('file.notAPlan')
  const columns = { name: 'Was', duration: 'Wie lange', predecessors: 3 }
  const tried = await attempt({ columns })
  expect(tried.proposal.problems).toMatchObject([{ row: 3, column: 'B "Wie lange"', value: 'bald' }])
  const id = machine.newId()
  const input = { id, fileName, source, table, reading: { columns } }
  const refused = await ada.post('/api/schedule.import', input)
  expect([refused.status, refused.json.code]).toEqual([422, 'file.badValue'])
  const reading = { columns, badCells: 'leaveOut' }
  expect((await attempt(reading)).summary).toMatchObject({ tasks: 2, links: 1 })
  const imported = await ada.post('/api/schedule.import', { ...input, reading })
  expect(imported.json.output).toMatchObject({ project: id, tasks: 2, links: 1 })
  const workbook = (await ada.get(`/api/schedule.export?project=${id}&format=xlsx`)).json
  expect(workbook).toMatchObject({ fileName: 'depot.xlsx', base64: true })
  const again = await ada.post('/api/files/plan?name=depot.xlsx', Buffer.from(workbook.text, 'base64'), {
    'content-type': 'application/octet-stream',
  })
  expect(again.json.summary).toMatchObject({ tasks: 2, links: 1 })
})

test('the served description is OpenAPI 3.1 with a permission at every operation', async () => {
  const { json } = await house.anybody.get('/api/openapi.json')
  expect(json.openapi).toBe('3.1.0')
  const operations = Object.values(
    json.paths as Record<string, Record<string, { 'x-authz'?: string }>>,
  ).flatMap((path) => Object.values(path))
  expect(operations.length).toBeGreaterThan(50)
  expect(operations.filter((operation) => !operation['x-authz'])).toEqual([])
  const routes = Object.keys(json.paths)
  for (const { name } of [...house.house.ledger.registry.actions, ...house.house.ledger.registry.queries]) {
    expect(routes).toContain(`/api/${name}`)
  }
})

test('no question takes a field that the doors keep for themselves', () => {
  for (const { input, name } of house.house.ledger.registry.queries) {
    const fields = Object.keys((input as unknown as { shape?: object }).shape ?? {})
    expect([name, fields.filter((field) => ['asOf', 'input'].includes(field))]).toEqual([name, []])
  }
})

test('pages are guarded by a policy that lets no foreign script run', async () => {
  const { headers } = await house.anybody.get('/api/openapi.json')
  expect(headers['content-security-policy']).toMatch(/default-src 'none';script-src 'self';/)
  expect(headers['x-content-type-options']).toBe('nosniff')
})
