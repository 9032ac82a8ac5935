/** Harborline Mutual, an insurer that does not exist, and the vendors it works with; all names are invented. */
export const COMPANY = 'Harborline Mutual'

export const VENDORS = [
  { key: 'brightwater', name: 'Brightwater Systems', country: 'SE' },
  { key: 'nimbus', name: 'Nimbus Forge', country: 'US' },
  { key: 'veritrust', name: 'Veritrust Audit', country: 'US' },
  { key: 'quayside', name: 'Quayside Telecom', country: 'US' },
  { key: 'penhallow', name: 'Penhallow Security', country: 'US' },
] as const

type Place = 'us' | 'india' | 'sweden'
type Vendor = (typeof VENDORS)[number]['key']

/** Somebody of the demo: who they are, where they work, and who reports the progress of their tasks. */
export type Someone = {
  readonly key: string
  readonly name: string
  readonly function: string
  readonly place: Place
  readonly vendor?: Vendor
  readonly role?: 'manager' | 'member' | 'viewer'
  readonly reportedBy: string
}

const someone = (
  key: string,
  name: string,
  does: string,
  reportedBy: string,
  more: Partial<Pick<Someone, 'place' | 'vendor' | 'role'>> = {},
): Someone => ({ key, name, function: does, reportedBy, place: 'us', ...more })

/** Everybody; the first is the project manager and administrator. */
export const PEOPLE: readonly Someone[] = [
  someone('maya', 'Maya Okafor', 'Project manager', 'maya'),
  someone('helen', 'Helen Strand', 'Chief financial officer, sponsor', 'maya', { role: 'manager' }),
  someone('tomas', 'Tomas Reyes', 'Solution architect', 'maya'),
  someone('dana', 'Dana Whitlock', 'Test manager', 'dana', { role: 'member' }),
  someone('wei', 'Wei Zhang', 'Migration and cut-over lead', 'wei', { role: 'member' }),
  someone('ruth', 'Ruth Abara', 'Head of accounting', 'ruth', { role: 'member' }),
  someone('joan', 'Joan Pereira', 'Treasury lead', 'ruth', { role: 'member' }),
  someone('nadia', 'Nadia Brooks', 'General ledger lead', 'ruth'),
  someone('carl', 'Carl Jensen', 'Accounts payable lead', 'ruth'),
  someone('amy', 'Amy Feldman', 'Accounts receivable lead', 'ruth'),
  someone('victor', 'Victor Lang', 'Tax lead', 'ruth'),
  someone('susan', 'Susan Choi', 'Reporting lead', 'ruth'),
  someone('olivia', 'Olivia Stern', 'Internal audit', 'maya', { role: 'viewer' }),
  someone('grace', 'Grace Holloway', 'Change and training lead', 'maya'),
  someone('ben', 'Ben Carver', 'Procurement', 'maya'),
  someone('marcus', 'Marcus Dell', 'Infrastructure', 'maya'),
  someone('priya', 'Priya Raman', 'Database administrator', 'wei', { place: 'india', role: 'member' }),
  someone('arjun', 'Arjun Mehta', 'Data engineer', 'wei', { place: 'india' }),
  someone('kavita', 'Kavita Nair', 'Test analyst', 'dana', { place: 'india' }),
  someone('rohan', 'Rohan Das', 'Configuration', 'ruth', { place: 'india' }),
  someone('lars', 'Lars Eklund', 'Integration lead, on site', 'lars', {
    vendor: 'brightwater',
    role: 'member',
  }),
  someone('ingrid', 'Ingrid Holm', 'Integration developer', 'lars', {
    place: 'sweden',
    vendor: 'brightwater',
  }),
  someone('oskar', 'Oskar Lind', 'Integration developer', 'lars', { place: 'sweden', vendor: 'brightwater' }),
  someone('peter', 'Peter Vance', 'Hosting', 'maya', { vendor: 'nimbus' }),
  someone('elaine', 'Elaine Moss', 'Auditor', 'maya', { vendor: 'veritrust' }),
  someone('dirk', 'Dirk Olsen', 'Networks', 'maya', { vendor: 'quayside' }),
  someone('fiona', 'Fiona Grey', 'Security', 'maya', { vendor: 'penhallow' }),
]

/** A team that is booked as a whole: it works by the project's calendar, as its contract says. */
export const TEAMS = [
  {
    key: 'brightwater',
    name: 'Brightwater Systems',
    vendor: 'brightwater' as const,
    reportedBy: 'lars',
    units: 6,
  },
]

/** Days off on working days, by country, from the beginning of the project to its end. */
export const DAYS_OFF: Readonly<Record<Place, { name: string; days: readonly string[] }>> = {
  us: {
    name: 'Harborline, United States',
    days: [
      '2026-05-25',
      '2026-07-03',
      '2026-09-07',
      '2026-11-26',
      '2026-11-27',
      '2026-12-24',
      '2026-12-25',
      '2027-01-01',
      '2027-01-18',
      '2027-02-15',
      '2027-05-31',
    ],
  },
  india: {
    name: 'Harborline, India',
    days: [
      '2026-03-04',
      '2026-05-01',
      '2026-10-02',
      '2026-10-20',
      '2026-11-09',
      '2026-11-24',
      '2026-12-25',
      '2027-01-14',
      '2027-01-26',
      '2027-03-22',
    ],
  },
  sweden: {
    name: 'Brightwater, Sweden',
    days: [
      '2026-04-03',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-06-19',
      '2026-12-24',
      '2026-12-25',
      '2026-12-31',
      '2027-01-01',
      '2027-01-06',
      '2027-03-26',
      '2027-03-29',
      '2027-05-06',
    ],
  },
}
