import { z } from 'zod'
import { day, line, record, ref } from '../../kernel/record.ts'

/** A company or body: our own, a vendor, a client. */
export const Organisation = record(
  'organisation',
  {
    name: line('Name', 200),
    type: z.enum(['own', 'vendor', 'client', 'other']).meta({ title: 'Type' }),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'Country is not a two-letter ISO 3166 code.')
      .meta({ title: 'Country' })
      .optional(),
  },
  { title: 'Organisation', scope: 'workspace', unique: ['name'] },
)

/** Somebody: may sign in, own work, sign off. Name and address are personal and can be erased. */
export const Person = record(
  'person',
  {
    name: line('Name', 120).meta({ title: 'Name', personal: true, visible: 'everyone' }),
    email: z
      .email('This is not an e-mail address.')
      .max(254)
      .meta({ title: 'E-mail', personal: true })
      .optional(),
    organisation: ref('organisation', 'Organisation').optional(),
    function: line('Function', 120).optional(),
    /** A person who has left keeps their history and cannot sign in. */
    left: z.boolean().meta({ title: 'Has left' }).optional(),
  },
  { title: 'Person', plural: 'People', scope: 'workspace', unique: ['email'] },
)

/** What a kind of member may do: permissions in the projects where the role is held, and for shared rows. */
export const Role = record(
  'role',
  {
    name: line('Name', 60),
    permissions: z.array(z.string().max(80)).max(200).meta({ title: 'In the project' }),
    sharedPermissions: z.array(z.string().max(80)).max(200).meta({ title: 'For what all projects share' }),
  },
  { title: 'Role', scope: 'workspace', unique: ['name'] },
)

/** A person holds a role in one project, which owns the row, or, without project, everywhere. */
export const Membership = record(
  'membership',
  {
    person: ref('person', 'Person'),
    role: ref('role', 'Role'),
    in: ref('project', 'Project').optional(),
  },
  { title: 'Membership', scope: 'either', unique: ['person', 'role', 'in'], index: ['person', 'in'] },
)

/** A key for a program that acts for a person: it opens what it names of what its owner may do, until it ends. */
export const Token = record(
  'token',
  {
    name: line('Name', 80).meta({ title: 'Name', description: 'The program that uses it.' }),
    person: ref('person', 'Owner'),
    permissions: z
      .array(z.string().regex(/^(\*|[a-z]+|\*\.[a-zA-Z]+|[a-z]+\.[a-zA-Z*]+)$/, 'This is not a permission.'))
      .min(1)
      .max(50)
      .meta({ title: 'May', description: 'Such as *.read, schedule.write; never more than its owner may.' }),
    in: ref('project', 'Only in the project').optional(),
    endsOn: day('Ends on'),
    /** SHA-256 of the secret, which nobody keeps. */
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'This is not a SHA-256 hash.')
      .meta({ title: 'Hash of the secret', visible: 'internal' }),
  },
  { title: 'Token', scope: 'workspace', unique: ['hash'], index: ['person'] },
)

const shift = z
  .strictObject({
    fromMinute: z.int().min(0).max(1440).meta({ title: 'From', unit: 'minute of the day' }),
    toMinute: z.int().min(0).max(2880).meta({ title: 'To', unit: 'minute of the day' }),
  })
  .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, 'A shift ends after it begins.')
const shifts = z.array(shift).max(20)
const week = z
  .array(z.union([shifts, z.literal('inherit')]))
  .length(7)
  .meta({ title: 'Week, Sunday first' })
const weekDays = z.array(z.int().min(0).max(6)).max(7).meta({ title: 'Days of the week, 0 = Sunday' })
const position = z
  .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
  .meta({ title: 'Which of the month, 5 = last' })
const dayItem = z
  .union([z.enum(['day', 'weekday', 'weekendDay']), z.int().min(0).max(6)])
  .meta({ title: 'Kind of day, 0 = Sunday' })
const dayOfMonth = z.int().min(1).max(31).meta({ title: 'Day of the month' })
const month = z.int().min(1).max(12).meta({ title: 'Month' })
const interval = z.int().min(1).max(999).meta({ title: 'Every so many' })
const occurrences = z.int().min(1).max(10_000).meta({ title: 'Times' }).optional()
const enteredByOccurrences = z.literal(true).meta({ title: 'Ended by its times' }).optional()
const counted = { occurrences, enteredByOccurrences }

const recurrence = z.union([
  z.strictObject({ every: z.literal('day').meta({ title: 'Every' }), interval, ...counted }),
  z.strictObject({ every: z.literal('week').meta({ title: 'Every' }), interval, weekDays, ...counted }),
  z.strictObject({ every: z.literal('month').meta({ title: 'Every' }), interval, dayOfMonth, ...counted }),
  z.strictObject({
    every: z.literal('month').meta({ title: 'Every' }),
    interval,
    position,
    day: dayItem,
    ...counted,
  }),
  z.strictObject({ every: z.literal('year').meta({ title: 'Every' }), month, dayOfMonth, ...counted }),
  z.strictObject({
    every: z.literal('year').meta({ title: 'Every' }),
    month,
    position,
    day: dayItem,
    ...counted,
  }),
])

/** Working time: a week, exceptions (holidays, extra shifts) and other weeks; may be derived from a base. */
export const Calendar = record(
  'calendar',
  {
    name: z.string().max(200).meta({ title: 'Name' }),
    uid: z.int().meta({ title: 'UID in the imported file' }).optional(),
    base: ref('calendar', 'Base calendar').optional(),
    /** False for the calendar that one resource alone uses. */
    shared: z.boolean().meta({ title: 'Shared' }).optional(),
    week,
    exceptions: z
      .array(
        z.strictObject({
          name: z.string().max(200).meta({ title: 'Name' }).optional(),
          from: day('From'),
          to: day('To'),
          shifts,
          recurrence: recurrence.optional(),
          /** The count that the imported file gave, where it is not the number of days; for writing back. */
          countInFile: z.int().meta({ title: 'Count in the file' }).optional(),
        }),
      )
      .max(5000)
      .meta({ title: 'Exceptions' })
      .optional(),
    workWeeks: z
      .array(
        z.strictObject({
          name: z.string().max(200).meta({ title: 'Name' }).optional(),
          from: day('From'),
          to: day('To'),
          week,
        }),
      )
      .max(500)
      .meta({ title: 'Other weeks' })
      .optional(),
  },
  { title: 'Calendar', scope: 'either' },
)

/** Who or what does the work: a person, a role still to be filled, material, a cost. */
export const Resource = record(
  'resource',
  {
    name: z.string().max(255).meta({ title: 'Name', personal: true, visible: 'everyone' }),
    uid: z.int().meta({ title: 'UID in the imported file' }).optional(),
    rowNumber: z.int().meta({ title: 'Row' }).optional(),
    type: z.enum(['work', 'material', 'cost']).meta({ title: 'Type' }),
    person: ref('person', 'Person').optional(),
    organisation: ref('organisation', 'Organisation').optional(),
    initials: z.string().max(40).meta({ title: 'Initials', personal: true, visible: 'everyone' }).optional(),
    group: z.string().max(255).meta({ title: 'Group' }).optional(),
    code: z.string().max(255).meta({ title: 'Code' }).optional(),
    email: z.string().max(255).meta({ title: 'E-mail', personal: true }).optional(),
    notes: z.string().max(100_000).meta({ title: 'Notes', personal: true }).optional(),
    maxUnits: z
      .number()
      .min(0)
      .max(1_000_000)
      .meta({ title: 'Available', unit: '1 = one whole person' })
      .optional(),
    calendar: ref('calendar', 'Calendar').optional(),
    generic: z.boolean().meta({ title: 'Role, not a person' }).optional(),
    inactive: z.boolean().meta({ title: 'Inactive' }).optional(),
    budget: z.boolean().meta({ title: 'Budget resource' }).optional(),
    canLevel: z.boolean().meta({ title: 'May be levelled' }).optional(),
    materialLabel: z.string().max(255).meta({ title: 'Unit of material' }).optional(),
  },
  { title: 'Resource', scope: 'either' },
)
