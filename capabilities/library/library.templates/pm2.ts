import { stepsOf } from './outline.ts'

const [PO, PM, BM, PCT, PQA] = [
  'Project owner (PO)',
  'Project manager (PM)',
  'Business manager (BM)',
  'Project core team (PCT)',
  'Project quality assurance (PQA)',
]

/** Phases, gates, roles and artefacts as the PM² guide 3.1 of the European Commission names them; words our own. */
export const PM2 = {
  name: 'PM² project',
  about: 'The four phases of PM² with its gates and the artefacts that each phase owes.',
  method: 'pm2' as const,
  steps: stepsOf({
    roles: [PO, PM, BM, PCT, PQA],
    stages: [
      {
        name: 'Initiating',
        gate: 'RfP: ready for planning',
        tasks: [
          { key: 'request', name: 'Project initiation request', days: 2, by: PO },
          { key: 'case', name: 'Business case', days: 6, after: ['request'], by: BM },
          { key: 'charter', name: 'Project charter', days: 5, after: ['case'], by: PM },
          {
            key: 'logs',
            name: 'Set up the logs of risks, issues and decisions',
            days: 1,
            after: ['request'],
            by: PM,
          },
        ],
      },
      {
        name: 'Planning',
        gate: 'RfE: ready for executing',
        tasks: [
          { key: 'kick-off', name: 'Planning kick-off', days: 1, by: PM },
          { key: 'handbook', name: 'Project handbook', days: 4, after: ['kick-off'], by: PM },
          { key: 'stakeholders', name: 'Stakeholder matrix', days: 2, after: ['kick-off'], by: PM },
          {
            key: 'work-plan',
            name: 'Work plan: breakdown, effort, schedule',
            days: 6,
            after: ['handbook', 'stakeholders'],
            by: PM,
          },
          {
            key: 'management-plans',
            name: 'Plans for requirements, change, risk, quality, issues, communication',
            days: 6,
            after: ['handbook'],
            by: PM,
          },
          {
            key: 'acceptance-plan',
            name: 'Plan for the acceptance of deliverables',
            days: 2,
            after: ['work-plan'],
            by: BM,
          },
          {
            key: 'transition-plan',
            name: 'Plans for transition and business implementation',
            days: 4,
            after: ['work-plan'],
            by: BM,
          },
        ],
      },
      {
        name: 'Executing',
        gate: 'RfC: ready for closing',
        tasks: [
          { key: 'start', name: 'Executing kick-off', days: 1, by: PM },
          { key: 'first', name: 'First deliverable', days: 20, after: ['start'], by: PCT },
          {
            key: 'review-first',
            name: 'Quality review of the first deliverable',
            days: 2,
            after: ['first'],
            by: PQA,
          },
          { key: 'second', name: 'Second deliverable', days: 20, after: ['review-first'], by: PCT },
          {
            key: 'review-second',
            name: 'Quality review of the second deliverable',
            days: 2,
            after: ['second'],
            by: PQA,
          },
          { key: 'transition', name: 'Transition to operations', days: 5, after: ['review-second'], by: PCT },
          {
            key: 'implementation',
            name: 'Business implementation',
            days: 10,
            after: ['review-second'],
            by: BM,
          },
        ],
      },
      {
        name: 'Closing',
        gate: 'Project closed',
        tasks: [
          { key: 'end-review', name: 'Project-end review meeting', days: 1, by: PM },
          {
            key: 'end-report',
            name: 'Project-end report with lessons',
            days: 3,
            after: ['end-review'],
            by: PM,
          },
          { key: 'acceptance', name: 'Final acceptance', days: 1, after: ['end-report'], by: PO },
          { key: 'archive', name: 'Archive the project', days: 1, after: ['end-report'], by: PM },
        ],
      },
    ],
  }),
}
