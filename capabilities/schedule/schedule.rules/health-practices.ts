/**
 * The ten practices of the Schedule Assessment Guide (GAO-16-89G, US Government Accountability Office 2015) as questions
 * in our own words. What the plan can answer it answers itself; the rest a person answers and says what it rests on.
 */
export type Practice = {
  readonly number: number
  readonly name: string
  /** What a sound schedule is: the guide sorts its practices into four characteristics. */
  readonly characteristic: Characteristic
  readonly questions: readonly Question[]
}

export const CHARACTERISTICS = ['Comprehensive', 'Well constructed', 'Credible', 'Controlled'] as const
export type Characteristic = (typeof CHARACTERISTICS)[number]

export type Question =
  | { readonly key: string; readonly text: string; readonly by: 'person' }
  | { readonly key: string; readonly text: string; readonly by: 'plan'; readonly rests: PlanFact }

/** What of the plan answers a question: a point of the 14-point check, or a fact of its own. */
export type PlanFact =
  | { readonly point: number }
  | {
      readonly fact: 'ownNames' | 'estimated' | 'outline' | 'freePath' | 'recentStatus' | 'baselineCover'
    }

export const PRACTICES: readonly Practice[] = [
  practice(1, 'Capturing all activities', 'Comprehensive', [
    asked('Does the plan hold all work of the agreed scope, also that of vendors, client and operations?'),
    asked('Is work that is still far away outlined and detailed in time, by a rule that is written down?'),
    fact('Can every task be told from the others by its name alone?', 'ownNames'),
  ]),
  practice(2, 'Sequencing all activities', 'Well constructed', [
    point('Does every task wait for something, and something for it?', 1),
    point('Is no task begun before what it waits for is done (leads)?', 2),
    point('Is waiting planned as tasks and not hidden in links (lags)?', 3),
    point('Do links and not typed dates decide when things happen?', 5),
    asked('Have those who do the work and hand it over agreed to the order?'),
  ]),
  practice(3, 'Assigning resources to all activities', 'Comprehensive', [
    point('Does every task of a day or more have somebody who does it, or a cost?', 10),
    asked('Are the people really there on the planned days, with leave and other projects reckoned?'),
  ]),
  practice(4, 'Establishing the durations of all activities', 'Comprehensive', [
    point('Are tasks short enough to be followed?', 8),
    fact('Is no duration left that was only guessed (marked as estimated)?', 'estimated'),
    asked('Do the durations come from those who do the work, and is it kept how they were found?'),
  ]),
  practice(5, 'Verifying that the schedule can be traced horizontally and vertically', 'Credible', [
    point('Does a delay hand itself on through the network to the end (horizontally)?', 12),
    fact('Does every task belong to a summary, so that levels agree (vertically)?', 'outline'),
    asked('Do reports, contracts and plans above this one name the same dates?'),
  ]),
  practice(6, 'Confirming that the critical path is valid', 'Well constructed', [
    point('Does the end move as far as a critical task is delayed?', 12),
    fact('Is the critical path free of constraints and of dates typed by hand?', 'freePath'),
    asked('Do those who manage the project take the critical path for the real one, and watch it?'),
  ]),
  practice(7, 'Ensuring reasonable total float', 'Well constructed', [
    point('Is there no float so large that a link is probably missing?', 6),
    point('Is no task later than the plan allows?', 7),
    asked('Can the large floats that remain be explained?'),
  ]),
  practice(8, 'Conducting a schedule risk analysis', 'Credible', [
    asked('Has a simulation with the risks of the register said how likely the agreed finish is?'),
    asked('Does the plan hold a reserve that follows from it, and a list of the risks that matter most?'),
  ]),
  practice(9, 'Updating the schedule using actual progress and logic', 'Controlled', [
    fact('Has the status been recorded lately?', 'recentStatus'),
    point('Are forecasts in the future and facts in the past?', 9),
    asked('Is it written down with each update what changed and why?'),
  ]),
  practice(10, 'Maintaining a baseline schedule', 'Controlled', [
    fact('Is there a baseline, and does it know the tasks of today?', 'baselineCover'),
    asked('Was the baseline approved, and is it changed only by approved changes?'),
    asked('Are deviations from it looked at and acted on?'),
  ]),
]

export const QUESTIONS: readonly Question[] = PRACTICES.flatMap(({ questions }) => questions)

type Unnumbered = { readonly text: string } & (
  | { readonly by: 'person' }
  | { readonly by: 'plan'; readonly rests: PlanFact }
)

function practice(
  number: number,
  name: string,
  characteristic: Characteristic,
  questions: readonly Unnumbered[],
): Practice {
  const numbered = questions.map((each, index) => ({ key: `${number}.${index + 1}`, ...each }))
  return { number, name, characteristic, questions: numbered }
}

function asked(text: string): Unnumbered {
  return { text, by: 'person' }
}

function point(text: string, number: number): Unnumbered {
  return { text, by: 'plan', rests: { point: number } }
}

function fact(text: string, name: Extract<PlanFact, { fact: string }>['fact']): Unnumbered {
  return { text, by: 'plan', rests: { fact: name } }
}
