/** A Microsoft Project file for benchmarks: chains of ten tasks of two days, fifty people at work. */
export function chainsXml(taskCount: number, start: string): string {
  const tasks = Array.from({ length: taskCount }, (_none, index) => {
    const uid = index + 1
    const link =
      uid % 10 === 1
        ? ''
        : `<PredecessorLink><PredecessorUID>${uid - 1}</PredecessorUID><Type>1</Type><LinkLag>0</LinkLag></PredecessorLink>`
    return `<Task><UID>${uid}</UID><ID>${uid}</ID><Name>Task ${uid}</Name><OutlineLevel>1</OutlineLevel><Duration>PT16H0M0S</Duration><DurationFormat>7</DurationFormat><Type>0</Type>${link}</Task>`
  })
  const people = Array.from(
    { length: 50 },
    (_none, index) =>
      `<Resource><UID>${index + 1}</UID><ID>${index + 1}</ID><Name>Person ${index + 1}</Name><Type>1</Type><MaxUnits>1</MaxUnits></Resource>`,
  )
  const assignments = Array.from(
    { length: taskCount },
    (_none, index) =>
      `<Assignment><UID>${index + 1}</UID><TaskUID>${index + 1}</TaskUID><ResourceUID>${(index % 50) + 1}</ResourceUID><Units>1</Units><Work>PT16H0M0S</Work></Assignment>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project"><SaveVersion>14</SaveVersion><Name>Bench</Name><StartDate>${start}</StartDate><ScheduleFromStart>1</ScheduleFromStart><MinutesPerDay>480</MinutesPerDay><MinutesPerWeek>2400</MinutesPerWeek><DaysPerMonth>20</DaysPerMonth><Tasks>${tasks.join('')}</Tasks><Resources>${people.join('')}</Resources><Assignments>${assignments.join('')}</Assignments></Project>`
}
