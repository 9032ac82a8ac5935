import { expect, test } from 'vitest'
import { readPsplib } from './read-psplib.ts'

const SM = `************************************************************************
file with basedata            : office.bas
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  4
horizon                       :  9
RESOURCES
  - renewable                 :  2   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************************************************************************
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      2      0        9        3        9
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     4       2    0
  3      1     5       1    3
  4      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    2    3
************************************************************************
`

const RCP = `4 2
2 3
0 0 0 2 2 3
4 2 0 1 4
5 1 3 1 4
0 0 0 0
`

const PROBLEM = {
  capacities: [2, 3],
  jobs: [
    { duration: 0, demands: [0, 0], successors: [1, 2] },
    { duration: 4, demands: [2, 0], successors: [3] },
    { duration: 5, demands: [1, 3], successors: [3] },
    { duration: 0, demands: [0, 0], successors: [] },
  ],
}

test('a PSPLIB file says durations, demands, successors and capacities', () => {
  expect(readPsplib(SM)).toEqual(PROBLEM)
  expect(readPsplib(SM.replaceAll('\n', '\r\n'))).toEqual(PROBLEM)
})

test('a Patterson file says the same with numbers alone', () => {
  expect(readPsplib(RCP)).toEqual(PROBLEM)
})

const refused: [string, string, string][] = [
  ['a file without its capacities', SM.slice(0, SM.indexOf('RESOURCEAVAIL')), 'psplib.section'],
  ['a file without its requests', SM.replace('REQUESTS/DURATIONS', 'WISHES'), 'psplib.section'],
  ['a file that ends among its jobs', SM.replace('  4      1     0       0    0\n', ''), 'psplib.section'],
  [
    'a job with two modes',
    SM.replace('   2        1          1', '   2        2          1'),
    'psplib.modes',
  ],
  [
    'a nonrenewable resource',
    SM.replace('nonrenewable              :  0', 'nonrenewable : 2'),
    'psplib.nonrenewable',
  ],
  ['a successor beyond the last job', SM.replace('2   3\n', '2   9\n'), 'psplib.successor'],
  ['more jobs than are read', SM.replace('):  4', '):  400000'), 'psplib.tooLarge'],
  ['a Patterson file that ends too soon', RCP.slice(0, 20), 'psplib.section'],
  ['a Patterson file with a word in it', RCP.replace('4 2 0 1 4', '4 two 0 1 4'), 'psplib.number'],
  ['a Patterson file with more than it says', `${RCP} 7`, 'psplib.number'],
  ['a Patterson successor beyond the last job', RCP.replace('5 1 3 1 4', '5 1 3 1 5'), 'psplib.successor'],
  ['an empty file', '', 'psplib.section'],
  ['a letter', 'Dear Ann, see you on Monday.', 'psplib.number'],
]
for (const [what, text, code] of refused)
  test(`${what} is refused`, () => {
    expect(readPsplib(text)).toMatchObject({ refused: { code } })
  })
