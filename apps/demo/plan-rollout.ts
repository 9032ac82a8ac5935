import { group, mark, work } from './plan-words.ts'

const TEST = group('test', 'Test', [
  work(
    'sit1',
    'System integration test 1',
    20,
    'dana',
    'smoke testReady mappingFixes ledger expenses reminders cashPosition taxCodes closeTasks forms duties circuit',
  ),
  work('sit2', 'System integration test 2', 15, 'dana', 'sit1 walkthrough'),
  work('loadTest', 'Load test at month-end volume', 10, 'priya', 'sit1 volumes'),
  work('uat', 'User acceptance test', 20, 'ruth', 'sitExit dataReady monitoring masking'),
  work('parallelClose', 'Parallel close, one period', 20, 'joan', 'uatExit loadTest bankCertificate'),
  mark(
    'sitExit',
    'Integration test exit',
    'sit2 sit1Treasury sit2Close sit2Year sit1Fixes sit2Fixes regression',
  ),
  mark('uatExit', 'Acceptance test exit', 'uat uatReports uatFixes uatPartners'),
  work('sit1Payables', 'Test 1: procure to pay', 8, 'carl', 'sit1:ss'),
  work('sit1Receivables', 'Test 1: premium to cash', 8, 'amy', 'sit1:ss'),
  work('sit1Ledger', 'Test 1: record to report', 10, 'nadia', 'sit1:ss'),
  work('sit1Treasury', 'Test 1: treasury and banks', 6, 'joan', 'sit1:ss+4d', { since: 'change' }),
  work('sit2Close', 'Test 2: month-end close, end to end', 10, 'nadia', 'sit2:ss sit1Ledger'),
  work('sit2Year', 'Test 2: year-end and statutory reports', 8, 'susan', 'sit2:ss statutory'),
  work('sit1Fixes', 'Fix defects of test 1', 14, 'lars', 'sit1:ss+5d sit1Payables sit1Receivables'),
  work('sit2Fixes', 'Fix defects of test 2', 9, 'ingrid', 'sit2:ss+3d runbook'),
  work('regression', 'Regression suite', 12, 'kavita', 'sit1:ss+3d', { since: 'replan' }),
  work('penetration', 'Penetration test', 10, 'fiona', 'sit1'),
  work('securityFixes', 'Close security findings', 8, 'fiona', 'penetration'),
  work('testers', 'Invite and brief acceptance testers', 5, 'grace', 'sit2:ss+5d'),
  work('uatReports', 'Acceptance of reports and dashboards', 21, 'susan', 'uat:ss+4d sit2Year dashboards', {
    since: 'change',
  }),
  work('uatFixes', 'Fix defects of acceptance', 16, 'lars', 'uat:ss+5d sit1Fixes sit2Fixes'),
  work('uatPartners', 'Acceptance with vendors and brokers', 8, 'ben', 'uat:ss+8d', { since: 'change' }),
  work('tuning', 'Tune database after the load test', 8, 'priya', 'loadTest'),
  work('failOver', 'Fail-over and restore test', 5, 'marcus', 'loadTest', { since: 'replan' }),
  work('controlTests', 'Control tests', 12, 'elaine', 'uat:ss+10d migrationControls'),
  work('compareClose', 'Compare both closes', 5, 'nadia', 'parallelClose:ss+13d sit2Close'),
])

const CUT_OVER = group('cutOver', 'Cut-over and go-live', [
  work('rehearsal', 'Cut-over rehearsal', 5, 'wei', 'parallelClose rehearsalPlan runbook'),
  work(
    'goNoGo',
    'Go / no-go review',
    2,
    'helen',
    'rehearsal compareClose securityFixes failOver controlTests readiness',
  ),
  work('finalLoad', 'Cut-over and final load', 4, 'wei', 'goNoGo'),
  mark('goLive', 'Go-live', 'finalLoad+15eh'),
  group('hypercare', 'Hypercare', [
    work('close1', 'First close with daily support', 20, 'ruth', 'goLive'),
    work('close2', 'Second close with support', 15, 'ruth', 'close1'),
    work('handover', 'Hand over to operations', 5, 'marcus', 'close2 watchInterfaces watchDatabase'),
    work('incidents', 'Daily incident round', 30, 'dana', 'goLive'),
    work('watchInterfaces', 'Watch interfaces', 25, 'oskar', 'goLive'),
    work('watchDatabase', 'Watch database and batch times', 25, 'priya', 'goLive tuning'),
    work('access', 'Review access after the first close', 5, 'olivia', 'close1'),
    work('auditClose', 'Review of the first close', 8, 'elaine', 'close1'),
    work('desk', 'Extra desk for finance users', 15, 'grace', 'goLive helpDesk'),
    mark('closed', 'Hypercare closed', 'handover incidents access auditClose desk'),
  ]),
  work('switchInterfaces', 'Switch interfaces to production', 2, 'lars', 'goNoGo uatFixes'),
  work('finalBalances', 'Check final balances', 1, 'nadia', 'finalLoad:ss+3d'),
  work('freeze', 'Freeze the old ledger', 1, 'marcus', 'goNoGo'),
  work('announce', 'Announce go-live', 1, 'grace', 'goNoGo'),
  work('switchOff', 'Close the old ledger for entry', 2, 'marcus', 'goLive freeze archive'),
])

const CHANGE = group('people', 'Change and training', [
  work('impact', 'Change impact assessment', 15, 'grace', 'requirementsSigned'),
  work('keyUsers', 'Network of key users', 10, 'grace', 'impact'),
  work('communication', 'Communication plan', 8, 'grace', 'charterApproved'),
  work('needs', 'Training needs', 10, 'grace', 'designBaselined keyUsers'),
  work('curriculum', 'Curriculum', 12, 'grace', 'needs'),
  work('trainingTenant', 'Training tenant', 6, 'peter', 'testReady'),
  work('learnLedger', 'Material: general ledger', 12, 'nadia', 'curriculum statutory'),
  work('learnPayables', 'Material: payables', 10, 'carl', 'curriculum expenses'),
  work('learnReceivables', 'Material: receivables', 10, 'amy', 'curriculum reminders'),
  work('learnTreasury', 'Material: treasury', 8, 'joan', 'curriculum cashPosition'),
  work('learnReports', 'Material: reports', 8, 'susan', 'curriculum dashboards'),
  work(
    'trainTrainers',
    'Train the trainers',
    5,
    'grace',
    'learnLedger learnPayables learnReceivables learnTreasury learnReports trainingTenant testers',
  ),
  work('course1', 'Courses: accounting', 10, 'grace', 'trainTrainers', { from: '2027-01-25' }),
  work('course2', 'Courses: payables and receivables', 10, 'grace', 'course1'),
  work('course3', 'Courses: managers', 3, 'grace', 'course2'),
  work('readiness', 'Readiness survey', 4, 'grace', 'course3'),
  work('helpDesk', 'Prepare the service desk', 8, 'marcus', 'course1'),
])

const committee = (number: number, at: string) =>
  mark(`committee${number}`, `Steering committee ${number}`, '', { from: `${at}T14:00:00` })

const STEERING = group('steering', 'Steering and assurance', [
  committee(1, '2026-03-26'),
  committee(2, '2026-04-30'),
  committee(3, '2026-06-04'),
  committee(4, '2026-06-25'),
  committee(5, '2026-09-10'),
  committee(6, '2026-10-22'),
  committee(7, '2026-12-03'),
  committee(8, '2027-02-04'),
  work('assurance1', 'Assurance review of the design', 5, 'elaine', 'designBaselined'),
  work('assurance2', 'Assurance review before go-live', 5, 'elaine', 'uatExit controlTests'),
  work('budget', 'Half-year budget review', 3, 'ben', '', { from: '2026-07-06' }),
  work('lessons', 'Lessons and project review', 5, 'maya', 'close1'),
  work('report', 'Closing report', 4, 'maya', 'lessons'),
])

/** Tests, go-live, people and steering. */
export const ROLL_OUT = [TEST, CUT_OVER, CHANGE, STEERING]
