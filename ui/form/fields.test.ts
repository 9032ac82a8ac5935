import { expect, test } from 'vitest'
import { z } from 'zod'
import { day, line, localTime } from '../../kernel/record.ts'
import { complaintsOf, fieldsOf, valuesOf } from './fields.ts'

const Risk = z.strictObject({
  id: z.uuid(),
  title: line('Title'),
  cause: z.string().max(4000).optional().meta({ title: 'Cause', description: 'What is already true.' }),
  probability: z.number().min(0).max(1).meta({ title: 'Probability' }),
  impactMinutes: z.number().int().min(0).nullable().meta({ title: 'Impact', unit: 'minutes' }),
  response: z.enum(['avoid', 'reduceIt', 'accept']).default('accept'),
  reviewedOn: day('Reviewed on').optional(),
  meetingAt: localTime('Meeting'),
  isSecret: z.boolean().optional(),
  owners: z.array(z.string()),
})

test('a form shows what the schema describes, in its order and its words', () => {
  const fields = fieldsOf(Risk, { hidden: ['id'] })
  expect(fields.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
    ['title', 'line', true],
    ['cause', 'text', false],
    ['probability', 'number', true],
    ['impactMinutes', 'whole', false],
    ['response', 'choice', false],
    ['reviewedOn', 'day', false],
    ['meetingAt', 'time', true],
    ['isSecret', 'yesNo', false],
  ])
  expect(fields[1]).toMatchObject({ title: 'Cause', description: 'What is already true.' })
  expect(fields[2]).toMatchObject({ least: 0, most: 1 })
  expect(fields[3]).toMatchObject({ title: 'Impact', unit: 'minutes' })
  expect(fields[4]?.choices?.map(({ label }) => label)).toEqual(['Avoid', 'Reduce it', 'Accept'])
  expect(fields[7]?.title).toBe('Is secret')
})

test('empty fields are left out of what is added and taken away by a patch', () => {
  const fields = fieldsOf(Risk, { only: ['title', 'cause'] })
  expect(valuesOf(fields, { title: 'Brightwater late', cause: '' }, 'leaveOut')).toEqual({
    title: 'Brightwater late',
  })
  expect(valuesOf(fields, { title: 'Brightwater late', cause: '' }, 'null')).toEqual({
    title: 'Brightwater late',
    cause: null,
  })
})

test('what is wrong is said at its field', () => {
  const fields = fieldsOf(Risk, { only: ['title', 'probability', 'reviewedOn'] })
  const complaints = complaintsOf(Risk, fields, { probability: 1.4, reviewedOn: '2026-02-31' })
  expect(complaints.title).toBe('Title is needed.')
  expect(complaints.probability).toContain('1')
  expect(complaints.reviewedOn).toContain('Reviewed on')
  expect(complaintsOf(Risk, fields, { title: 'Late', probability: 0.4 })).toEqual({})
})

test('the whole schema is offered when a form must serve any action', () => {
  const Progress = z.strictObject({
    gate: z.uuid().meta({ title: 'Gate', ref: 'gate' }).optional(),
    isFinal: z.boolean().optional(),
    tasks: z
      .array(
        z.strictObject({ note: z.string().optional(), task: z.uuid(), percentComplete: z.number().max(100) }),
      )
      .meta({ title: 'Tasks' }),
  })
  expect(fieldsOf(Progress).map(({ name }) => name)).toEqual(['gate', 'isFinal'])
  const fields = fieldsOf(Progress, { whole: true })
  expect(fields[0]).toMatchObject({ kind: 'record', record: 'gate', isRequired: false })
  expect(fields[1]).toMatchObject({ kind: 'yesNo', mayBeUnsaid: true })
  expect(fields[2]?.description).toBe('JSON: [{ task: id, percentComplete: number, note?: text }]')

  const said = (typed: Record<string, unknown>) => valuesOf(fields, typed, 'leaveOut')
  const task = '0195d3c0-7a1e-7c3f-8f6e-2b9c1d4e5f60'
  const progress = [{ task, percentComplete: 40 }]
  expect(said({ gate: null, isFinal: null, tasks: JSON.stringify(progress) })).toEqual({ tasks: progress })
  expect(said({ isFinal: 'false', tasks: '[]' })).toEqual({ isFinal: false, tasks: [] })

  const complaint = (typed: string) => complaintsOf(Progress, fields, said({ tasks: typed })).tasks
  expect(complaint('')).toBe('Tasks is needed.')
  expect(complaint('[{ task: 40 }')).toContain('Tasks is not JSON:')
  expect(complaint(JSON.stringify([{ task, percentComplete: 140 }]))).toContain('At 0.percentComplete:')
  expect(complaint(JSON.stringify(progress))).toBeUndefined()
})
