import { leftOut, type ReadContext, type Where } from './read-context.ts'
import type { XmlNode } from './xml-tree.ts'

/** What may stand inside an element that is read as a whole; a star marks what may stand there many times. */
const shapes: ReadonlyMap<string, ReadonlyMap<string, 'once' | 'often'>> = new Map(
  Object.entries({
    WeekDays: 'WeekDay*',
    WeekDay: 'DayType DayWorking TimePeriod WorkingTimes',
    TimePeriod: 'FromDate ToDate',
    WorkingTimes: 'WorkingTime*',
    WorkingTime: 'FromTime ToTime',
    Exceptions: 'Exception*',
    Exception:
      'EnteredByOccurrences TimePeriod Occurrences Name Type Period DaysOfWeek MonthItem MonthPosition Month MonthDay DayWorking WorkingTimes',
    WorkWeeks: 'WorkWeek*',
    WorkWeek: 'TimePeriod Name WeekDays',
    PredecessorLink: 'PredecessorUID Type CrossProject CrossProjectName LinkLag LagFormat',
    TimephasedData: 'Type UID Start Finish Unit Value',
  }).map(([element, names]) => [
    element,
    new Map(names.split(' ').map((name) => [name.replace('*', ''), name.endsWith('*') ? 'often' : 'once'])),
  ]),
)

/** Says which elements inside a calendar, link or piece of work no reader looks at, down to the last one. */
export function sayUnread(node: XmlNode, where: Where, context: ReadContext): void {
  const shape = shapes.get(node.name)
  const seen = new Set<string>()
  for (const child of node.children) {
    const allowed = shape?.get(child.name)
    if (allowed === undefined) leftOut(context, where, `not known in ${node.name}`, child.line, child.name)
    else if (allowed === 'once' && seen.has(child.name)) {
      const text = `said twice in ${node.name}; the second is left out`
      leftOut(context, where, text, child.line, child.name)
    } else sayUnread(child, where, context)
    seen.add(child.name)
  }
}
