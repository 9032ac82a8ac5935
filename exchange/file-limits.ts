/** How much of an untrusted file is looked at before it is refused; data, so that a setting can change them. */
export const fileLimits = {
  /** 100 MB, the size that must be answered within the wall time below. */
  fileBytes: 104_857_600,
  wallMilliseconds: 60_000,
  /** Old space of the child process; 100 MB of 197,000 distinct tasks were read within 500. */
  heapMegabytes: 1024,
  depth: 256,
  tasks: 200_000,
  resources: 100_000,
  calendars: 100_000,
  links: 1_000_000,
  assignments: 1_000_000,
  nodes: 12_000_000,
  nodesOfOneEntity: 1_000_000,
  attributesOfOneElement: 64,
  textLength: 1_000_000,
  elementNameLength: 200,
  nameLength: 1000,
  /** Loss lines and offenders that are spelled out; the rest is counted. */
  lossLines: 5000,
  offenders: 20,
  firstYear: 1900,
  lastYear: 2200,
  /** 100 years of minutes: no lag or duration is longer. */
  spanMinutes: 52_596_000,
  /** Work adds up over people: a thousand times the longest span. */
  workMinutes: 52_596_000_000,
}

export type FileLimits = typeof fileLimits
