import { stepsOf } from './outline.ts'

const [PM, ANALYST, ARCHITECT, DEVELOPER, TESTER, OPERATIONS] = [
  'Project manager',
  'Business analyst',
  'Architect',
  'Developer',
  'Test lead',
  'Operations',
]

export const WATERFALL = {
  name: 'Software delivery in phases',
  about: 'One release of a system, stage after stage: requirements, design, build, test, rollout.',
  method: 'waterfall' as const,
  steps: stepsOf({
    roles: [PM, ANALYST, ARCHITECT, DEVELOPER, TESTER, OPERATIONS],
    stages: [
      {
        name: 'Initiation',
        gate: 'Charter approved',
        tasks: [
          { key: 'need', name: 'State the need and the benefit', days: 3, by: PM },
          {
            key: 'parties',
            name: 'Find stakeholders and their expectations',
            days: 2,
            after: ['need'],
            by: PM,
          },
          { key: 'charter', name: 'Write the charter', days: 3, after: ['need', 'parties'], by: PM },
        ],
      },
      {
        name: 'Requirements',
        gate: 'Requirements baselined',
        tasks: [
          { key: 'interviews', name: 'Interview users and owners', days: 8, by: ANALYST },
          {
            key: 'process',
            name: 'Describe processes as they shall be',
            days: 6,
            after: ['interviews'],
            by: ANALYST,
          },
          {
            key: 'quality',
            name: 'Agree on performance, security and availability',
            days: 4,
            after: ['interviews'],
            by: ARCHITECT,
          },
          {
            key: 'review-requirements',
            name: 'Review and prioritise requirements',
            days: 3,
            after: ['process', 'quality'],
            by: ANALYST,
          },
        ],
      },
      {
        name: 'Design',
        gate: 'Design approved',
        tasks: [
          { key: 'architecture', name: 'Design architecture and interfaces', days: 8, by: ARCHITECT },
          { key: 'data', name: 'Design data and migration', days: 6, by: ANALYST },
          {
            key: 'screens',
            name: 'Design screens and try them with users',
            days: 7,
            by: ANALYST,
            after: ['data'],
          },
          {
            key: 'test-concept',
            name: 'Write the test concept',
            days: 4,
            after: ['architecture'],
            by: TESTER,
          },
        ],
      },
      {
        name: 'Build',
        gate: 'Build complete',
        tasks: [
          { key: 'environments', name: 'Set up environments and pipeline', days: 5, by: OPERATIONS },
          { key: 'core', name: 'Build the core functions', days: 20, after: ['environments'], by: DEVELOPER },
          {
            key: 'interfaces',
            name: 'Build the interfaces',
            days: 12,
            after: ['environments'],
            by: DEVELOPER,
          },
          {
            key: 'migration',
            name: 'Build and rehearse the migration',
            days: 8,
            after: ['core'],
            by: DEVELOPER,
          },
          { key: 'test-cases', name: 'Write test cases and test data', days: 10, by: TESTER },
        ],
      },
      {
        name: 'Test',
        gate: 'Accepted by the business',
        tasks: [
          { key: 'system-test', name: 'System test', days: 10, by: TESTER },
          { key: 'load-test', name: 'Load and security test', days: 5, by: TESTER, after: ['system-test'] },
          { key: 'mend', name: 'Mend what was found', days: 8, after: ['system-test'], by: DEVELOPER },
          {
            key: 'acceptance',
            name: 'Acceptance test with the business',
            days: 8,
            after: ['load-test', 'mend'],
            by: ANALYST,
          },
        ],
      },
      {
        name: 'Rollout',
        gate: 'Handed over to operations',
        tasks: [
          { key: 'training', name: 'Train users', days: 5, by: ANALYST },
          { key: 'cutover-plan', name: 'Plan and rehearse the cutover', days: 4, by: OPERATIONS },
          { key: 'cutover', name: 'Cutover', days: 2, after: ['training', 'cutover-plan'], by: OPERATIONS },
          {
            key: 'care',
            name: 'Support closely after the start',
            days: 10,
            after: ['cutover'],
            by: DEVELOPER,
          },
          {
            key: 'lessons',
            name: 'Review the project and keep the lessons',
            days: 2,
            after: ['care'],
            by: PM,
          },
        ],
      },
    ],
  }),
}
