import { type Piece, stepsOf } from './outline.ts'

const [OWNER, MASTER, TEAM] = ['Product owner', 'Scrum master', 'Team']
const SPRINTS = 6
const SPRINT_DAYS = 10

export const SCRUM = {
  name: 'Product in sprints',
  about:
    'A team works in two-week sprints towards a product goal; each ends with something that can be used.',
  method: 'scrum' as const,
  steps: stepsOf({
    roles: [OWNER, MASTER, TEAM],
    stages: [
      {
        name: 'Getting ready',
        gate: 'Ready for the first sprint',
        tasks: [
          { key: 'goal', name: 'Agree on the product goal', days: 2, by: OWNER },
          { key: 'backlog', name: 'Fill and order the first backlog', days: 4, after: ['goal'], by: OWNER },
          {
            key: 'working',
            name: 'Agree how the team works and when work is done',
            days: 2,
            after: ['goal'],
            by: MASTER,
          },
          {
            key: 'ground',
            name: 'Set up repository, pipeline and environments',
            days: 5,
            after: ['goal'],
            by: TEAM,
          },
        ],
      },
      {
        name: 'Sprints',
        gate: 'Product goal reached',
        tasks: Array.from({ length: SPRINTS }, (_, index) => sprint(index + 1)).flat(),
      },
      {
        name: 'Release',
        gate: 'In the hands of users',
        tasks: [
          { key: 'harden', name: 'Try the whole under load and attack', days: 5, by: TEAM },
          { key: 'tell', name: 'Prepare users and support', days: 4, by: OWNER },
          { key: 'release', name: 'Release', days: 1, after: ['harden', 'tell'], by: TEAM },
          { key: 'look-back', name: 'Look back on the whole', days: 1, after: ['release'], by: MASTER },
        ],
      },
    ],
  }),
}

/** Planning on the first day, the work, review and retrospective on the last: two weeks in all. */
function sprint(number: number): Piece[] {
  const [plan, work, review] = [`plan-${number}`, `work-${number}`, `review-${number}`]
  return [
    {
      key: plan,
      name: `Sprint ${number}: planning`,
      days: 1,
      by: TEAM,
      ...(number === 1 ? {} : { after: [`review-${number - 1}`] }),
    },
    { key: work, name: `Sprint ${number}: work`, days: SPRINT_DAYS - 2, after: [plan], by: TEAM },
    { key: review, name: `Sprint ${number}: review and retrospective`, days: 1, after: [work], by: TEAM },
  ]
}
