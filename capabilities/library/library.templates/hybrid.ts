import { stepsOf } from './outline.ts'

const [PM, OWNER, INTEGRATOR, TEAM, TESTER, CHANGE] = [
  'Project manager',
  'Product owner',
  'System integrator',
  'Configuration team',
  'Test lead',
  'Change manager',
]

export const HYBRID = {
  name: 'Bought system, fitted in increments',
  about: 'A standard system from a vendor: gates and contracts around, increments of configuration inside.',
  method: 'hybrid' as const,
  steps: stepsOf({
    roles: [PM, OWNER, INTEGRATOR, TEAM, TESTER, CHANGE],
    stages: [
      {
        name: 'Choice',
        gate: 'Vendor contracted',
        tasks: [
          { key: 'criteria', name: 'Write criteria and weigh them', days: 5, by: OWNER },
          { key: 'tender', name: 'Ask vendors and compare answers', days: 15, after: ['criteria'], by: PM },
          {
            key: 'proof',
            name: 'Let two vendors prove it on our data',
            days: 10,
            after: ['tender'],
            by: OWNER,
          },
          { key: 'contract', name: 'Negotiate and sign', days: 10, after: ['proof'], by: PM },
        ],
      },
      {
        name: 'Blueprint',
        gate: 'Blueprint signed',
        tasks: [
          { key: 'fit', name: 'Find fit and gap, process by process', days: 12, by: INTEGRATOR },
          {
            key: 'decide-gaps',
            name: 'Decide each gap: change us or change the system',
            days: 5,
            after: ['fit'],
            by: OWNER,
          },
          { key: 'interfaces', name: 'Specify interfaces and data', days: 8, after: ['fit'], by: INTEGRATOR },
          { key: 'impact', name: 'Find who must work differently', days: 6, after: ['fit'], by: CHANGE },
        ],
      },
      {
        name: 'Increments',
        gate: 'Configuration complete',
        tasks: [
          { key: 'inc-1', name: 'Increment 1: core processes', days: 15, by: TEAM },
          {
            key: 'show-1',
            name: 'Increment 1: show and collect feedback',
            days: 2,
            after: ['inc-1'],
            by: OWNER,
          },
          { key: 'inc-2', name: 'Increment 2: interfaces', days: 15, after: ['show-1'], by: TEAM },
          {
            key: 'show-2',
            name: 'Increment 2: show and collect feedback',
            days: 2,
            after: ['inc-2'],
            by: OWNER,
          },
          { key: 'inc-3', name: 'Increment 3: reports and rights', days: 15, after: ['show-2'], by: TEAM },
          {
            key: 'show-3',
            name: 'Increment 3: show and collect feedback',
            days: 2,
            after: ['inc-3'],
            by: OWNER,
          },
          { key: 'build-interfaces', name: 'Build the interfaces', days: 25, by: INTEGRATOR },
          {
            key: 'load-data',
            name: 'Load and cleanse data, first rehearsal',
            days: 12,
            after: ['inc-1'],
            by: INTEGRATOR,
          },
        ],
      },
      {
        name: 'Proof',
        gate: 'Go-live approved',
        tasks: [
          { key: 'integration-test', name: 'Integration test', days: 10, by: TESTER },
          {
            key: 'user-test',
            name: 'User acceptance test',
            days: 10,
            after: ['integration-test'],
            by: OWNER,
          },
          {
            key: 'rehearsal',
            name: 'Second rehearsal of the cutover',
            days: 4,
            after: ['integration-test'],
            by: INTEGRATOR,
          },
          { key: 'train', name: 'Train key users and users', days: 10, by: CHANGE },
        ],
      },
      {
        name: 'Go-live',
        gate: 'Closed',
        tasks: [
          { key: 'cutover', name: 'Cutover weekend', days: 2, by: INTEGRATOR },
          { key: 'hypercare', name: 'Support closely', days: 20, after: ['cutover'], by: TEAM },
          { key: 'accept', name: 'Accept the system from the vendor', days: 3, after: ['hypercare'], by: PM },
          { key: 'close', name: 'Hand over, review, keep the lessons', days: 3, after: ['accept'], by: PM },
        ],
      },
    ],
  }),
}
