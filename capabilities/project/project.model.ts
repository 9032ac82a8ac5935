import { z } from 'zod'
import { day, line, localTime, record, ref } from '../../kernel/record.ts'

const minutes = (title: string, most: number) => z.number().min(1).max(most).meta({ title, unit: 'minutes' })

/** An undertaking with a plan; or a programme, when others name it as theirs. */
export const Project = record(
  'project',
  {
    name: line('Name', 255),
    code: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,19}$/, 'A code is up to 20 letters, digits and hyphens.')
      .meta({ title: 'Code' })
      .optional(),
    purpose: z.string().max(20_000).meta({ title: 'Purpose' }).optional(),
    programme: ref('project', 'Programme').optional(),
    method: z.enum(['waterfall', 'scrum', 'kanban', 'hybrid', 'pm2']).meta({ title: 'Method' }).optional(),
    manager: ref('person', 'Project manager').optional(),
    sponsor: ref('person', 'Sponsor').optional(),
    client: ref('organisation', 'Client').optional(),
    start: localTime('Start').optional(),
    finish: localTime('Finish').optional(),
    scheduleFrom: z.enum(['start', 'finish']).meta({ title: 'Schedule from' }),
    calendar: ref('calendar', 'Calendar'),
    statusDate: localTime('Status date').optional(),
    zone: z
      .string()
      .max(60)
      .meta({ title: 'Time zone', description: 'IANA name, as Europe/Warsaw' })
      .optional(),
    elapsedAcrossDst: z
      .enum(['wall', 'real'])
      .meta({
        title: 'Elapsed time over a clock change',
        description:
          'Whether elapsed lags and durations count the hours of the wall clock, as Microsoft Project does, or real hours of the time zone.',
      })
      .optional(),
    outOfSequence: z
      .enum(['retainedLogic', 'progressOverride', 'actualDates'])
      .meta({
        title: 'Progress out of sequence',
        description:
          'How the rest of a task that began before its predecessors ended is placed, as Primavera names it; absent: as Microsoft Project does.',
      })
      .optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'A currency is an ISO 4217 code such as USD.')
      .meta({ title: 'Currency' })
      .optional(),
    minutesPerDay: minutes('Minutes a day', 1440),
    minutesPerWeek: minutes('Minutes a week', 10_080),
    daysPerMonth: z.number().min(1).max(31).meta({ title: 'Days a month' }),
    defaultStartMinute: z.int().min(0).max(1440).meta({ title: 'Work starts at', unit: 'minute of the day' }),
    defaultFinishMinute: z.int().min(0).max(1440).meta({ title: 'Work ends at', unit: 'minute of the day' }),
    honorConstraints: z.boolean().meta({ title: 'Constraints win over links' }),
    criticalSlackLimitMinutes: z
      .number()
      .min(-1_000_000)
      .max(10_000_000)
      .meta({ title: 'Critical at slack up to', unit: 'minutes' }),
    multipleCriticalPaths: z.boolean().meta({ title: 'Several critical paths' }).optional(),
    splitsInProgressTasks: z.boolean().meta({ title: 'Started work may be split' }).optional(),
    newTasksAreManual: z.boolean().meta({ title: 'New tasks are scheduled by hand' }).optional(),
    weekStartDay: z.int().min(0).max(6).meta({ title: 'Week starts on' }).optional(),
    /** Where an imported plan came from: the file itself, and its neutral form, by their SHA-256. */
    imported: z
      .strictObject({
        fileName: z.string().max(500),
        source: z.string().optional(),
        plan: z.string(),
        atSeq: z.int(),
      })
      .meta({ title: 'Imported from' })
      .optional(),
    ended: day('Ended').optional(),
  },
  { title: 'Project', index: ['programme'], crossProject: ['programme'], founds: true },
)

/** A stretch of the life cycle, as PM² or the project's own method names it. */
export const Phase = record(
  'phase',
  {
    name: line('Name', 120),
    rank: z.string().max(200).meta({ title: 'Order' }),
    from: day('From').optional(),
    to: day('To').optional(),
  },
  { title: 'Phase', unique: ['name'] },
)

/** A decision point after a phase: may the next one begin? */
export const Gate = record(
  'gate',
  {
    name: line('Name', 120),
    phase: ref('phase', 'Ends phase').optional(),
    on: day('Planned for').optional(),
    state: z.enum(['open', 'passed', 'passedWithConditions', 'rejected']).meta({ title: 'State' }),
    decidedOn: day('Decided on').optional(),
    decidedBy: ref('person', 'Decided by').optional(),
    conditions: z.string().max(5000).meta({ title: 'Conditions' }).optional(),
  },
  { title: 'Gate', unique: ['name'] },
)
