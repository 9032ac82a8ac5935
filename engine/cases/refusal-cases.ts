import { assigned, at, type Case, link, person, planOf, shift, task, weekOf } from './case.ts'

const nights = { id: 'nights', week: weekOf([1, 2, 3], [shift('20:00', '23:00')]) }

/** What is refused, and what the refusal names. */
export const refusalCases: Case[] = [
  {
    title: 'of several circles the shortest is named',
    plan: planOf({
      tasks: [task('a', 1), task('b', 1), task('c', 1), task('d', 1)],
      links: [link('a', 'b'), link('b', 'c'), link('c', 'd'), link('d', 'a'), link('d', 'c')],
    }),
    refused: 'schedule.cycle',
    facts: { tasks: ['c', 'd'] },
  },
  {
    title: 'a circle through a summary task is a circle',
    plan: planOf({
      tasks: [task('phase', 0), task('a', 1, { parent: 'phase' }), task('b', 1)],
      links: [link('a', 'b'), link('b', 'phase')],
    }),
    refused: 'schedule.cycle',
    facts: { tasks: ['a', 'b', 'phase'] },
  },
  {
    title: 'a task does not wait for itself',
    plan: planOf({ tasks: [task('a', 1)], links: [link('a', 'a')] }),
    refused: 'schedule.selfLink',
    facts: { task: 'a', link: 'a→a' },
  },
  {
    title: 'the same link twice is refused',
    plan: planOf({
      tasks: [task('a', 1), task('b', 1)],
      links: [link('a', 'b'), { ...link('a', 'b'), id: 'again' }],
    }),
    refused: 'schedule.duplicateLink',
    facts: { link: 'again', predecessor: 'a', successor: 'b', type: 'fs' },
  },
  {
    title: 'a summary task is not linked with what it contains',
    plan: planOf({
      tasks: [task('phase', 0), task('a', 1, { parent: 'phase' })],
      links: [link('a', 'phase')],
    }),
    refused: 'schedule.summaryLink',
    facts: { link: 'a→phase', predecessor: 'a', successor: 'phase' },
  },
  {
    title: 'a link to a task that is not there is refused',
    plan: planOf({ tasks: [task('a', 1)], links: [link('a', 'ghost')] }),
    refused: 'schedule.unknownTask',
    facts: { task: 'ghost', link: 'a→ghost' },
  },
  {
    title: 'a negative duration is refused',
    plan: planOf({ tasks: [task('a', -1)] }),
    refused: 'schedule.negativeDuration',
    facts: { task: 'a', field: 'durationMinutes', minutes: -480 },
  },
  {
    title: 'a date outside 1900 to 2200 is refused',
    plan: planOf({ tasks: [task('a', 1, { deadlineMinute: at('2201-01-01T08:00') })] }),
    refused: 'schedule.dateOutOfRange',
  },
  {
    title: 'a plan that runs beyond 2200 is refused',
    plan: planOf({ tasks: [task('a', 100_000)] }),
    refused: 'schedule.dateOutOfRange',
  },
  {
    title: 'an elapsed lag that leads beyond 2200 is refused',
    plan: planOf({
      tasks: [task('a', 1), task('b', 0)],
      links: [link('a', 'b', 'fs', { kind: 'elapsed', minutes: 200 * 366 * 1440 })],
    }),
    refused: 'schedule.dateOutOfRange',
    facts: { task: 'b' },
  },
  {
    title: 'a calendar without working time is refused',
    plan: planOf({ calendars: [{ id: 'idle', week: weekOf([], []) }], tasks: [task('a', 1)] }),
    refused: 'schedule.noWorkingTime',
    facts: { calendar: 'idle' },
  },
  {
    title: 'a task and a person who never work at the same time are refused',
    plan: planOf({
      calendars: [nights],
      resources: [person('Nick', 'nights')],
      tasks: [task('a', 1, { calendar: 'standard' })],
      assignments: [assigned('a', 'Nick', 1)],
    }),
    refused: 'schedule.noWorkingTime',
  },
  {
    title: 'an outline that bites its tail is refused',
    plan: planOf({ tasks: [task('a', 1, { parent: 'b' }), task('b', 1, { parent: 'a' })] }),
    refused: 'schedule.outlineCycle',
  },
  {
    title: 'two tasks with one id are refused',
    plan: planOf({ tasks: [task('a', 1), task('a', 2)] }),
    refused: 'schedule.duplicateId',
    facts: { kind: 'task', id: 'a' },
  },
  {
    title: 'a plan without a start is refused',
    plan: planOf({ project: { startMinute: null }, tasks: [task('a', 1)] }),
    refused: 'schedule.noProjectDate',
  },
  {
    title: 'a shift that ends before it begins is refused',
    plan: planOf({ calendars: [{ id: 'odd', week: weekOf([1], [{ fromMinute: 600, toMinute: 500 }]) }] }),
    refused: 'schedule.badShift',
  },
  {
    title: 'calendars derived from each other are refused',
    plan: planOf({
      calendars: [
        { id: 'one', base: 'two', week: Array(7).fill('inherit') },
        { id: 'two', base: 'one', week: Array(7).fill('inherit') },
      ],
    }),
    refused: 'schedule.calendarCycle',
  },
]
