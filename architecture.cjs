// The arrows of the house as dependency-cruiser rules; `npm run check` runs them on the whole tree.
//
//   apps → connectors → capabilities → (ui, paper, exchange) → drawing → (kernel, engine)
//
// Each rule is proven by a deliberate sin under tests/architecture/sins/<rule>/ that it alone must refuse.
const { existsSync, readFileSync } = require('node:fs')
const { builtinModules } = require('node:module')

// A contract is a suite that several tests run against what they test; an arbitrary makes random plans for tests.
const TEST = '(\\.test|\\.arbitrary|/contract)\\.tsx?$'
const SCREENS = '^(ui/|apps/web/|capabilities/[^/]+/([^/]+\\.screens|screens)(\\.tsx$|/))'
const REACT = 'node_modules/(@types/)?(react|react-dom|@mantine|@tanstack|@tabler)(/|$)'
// Libraries that are pure themselves, so that the parts which use them still run in any place.
const PURE_LIBRARIES = 'node_modules/(zod|saxes|xmlchars|hucre)(/|$)'

/** The rooms in the order of `export const ROOMS = […]` in apps/rooms.ts of the tree that is cruised. */
function ladder() {
  if (!existsSync('apps/rooms.ts')) return []
  const text = readFileSync('apps/rooms.ts', 'utf8')
  const folders = new Map()
  for (const [, names, folder] of text.matchAll(
    /import\s+([^;'"]*?)\s+from\s+'\.\.\/capabilities\/([^/']+)\//g,
  )) {
    for (const name of names.match(/[A-Za-z_$][\w$]*/g)) folders.set(name, folder)
  }
  const list = text.slice(text.search(/export const ROOMS\b/)).replace(/^[^=]*=/, '')
  const found = (list.match(/[A-Za-z_$][\w$]*/g) ?? []).map((name) => folders.get(name)).filter(Boolean)
  if (found.length === 0)
    throw new Error('apps/rooms.ts holds no `export const ROOMS = […]` with the rooms imported above it.')
  return [...new Set(found)]
}

/** A folder may import from no folder above it. */
function looksDown(name, from, above, why) {
  return forbid(name, why, { path: `^${from}/`, pathNot: TEST }, { path: `^(${above})/` })
}

function forbid(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to }
}

const arrows = [
  forbid(
    'engine-stands-alone',
    'The engine is pure mathematics: it imports nothing outside engine/.',
    { path: '^engine/', pathNot: TEST },
    { pathNot: '^engine/' },
  ),
  looksDown(
    'kernel-knows-no-room',
    'kernel',
    'engine|drawing|exchange|paper|ui|capabilities|connectors|apps',
    'The kernel carries the six words; it knows neither the engine nor any room.',
  ),
  looksDown(
    'drawing-looks-down',
    'drawing',
    'exchange|paper|ui|capabilities|connectors|apps',
    'drawing → kernel, engine',
  ),
  looksDown(
    'exchange-looks-down',
    'exchange',
    'paper|ui|capabilities|connectors|apps',
    'exchange → drawing and below',
  ),
  looksDown(
    'paper-looks-down',
    'paper',
    'exchange|ui|capabilities|connectors|apps',
    'paper → drawing and below',
  ),
  looksDown('ui-looks-down', 'ui', 'exchange|paper|capabilities|connectors|apps', 'ui → drawing and below'),
  looksDown(
    'rooms-look-down',
    'capabilities',
    'connectors|apps',
    'A room knows no outside system and no door.',
  ),
  looksDown('connectors-look-down', 'connectors', 'apps', 'A connector knows no door.'),
  forbid(
    'connectors-apart',
    'Connectors never import one another.',
    { path: '^connectors/([^/]+)/', pathNot: TEST },
    { path: '^connectors/', pathNot: '^connectors/$1/' },
  ),
  forbid(
    'product-needs-no-tools',
    'What runs at a user’s must not lean on tools, tests or benchmarks.',
    { path: '^(engine|kernel|drawing|exchange|paper|ui|capabilities|connectors|apps)/', pathNot: TEST },
    { path: '^(tools|tests|bench)/' },
  ),
  forbid('tests-are-ends', 'Nothing imports a test.', {}, { path: '\\.test\\.tsx?$' }),
]

const rooms = [
  forbid(
    'rooms-share-thinking-only',
    'A room imports another room’s model, rules and actions, never its screens, documents, parts or duties.',
    { path: '^capabilities/([^/]+)/', pathNot: TEST },
    {
      path: '^capabilities/',
      pathNot: ['^capabilities/$1/', '^capabilities/[^/]+/([^/]+\\.|)(model|rules|actions)(\\.ts$|/)'],
    },
  ),
  forbid(
    'renderers-belong-to-apps',
    'Rooms and connectors compose paper/blocks; only apps turn blocks into HTML, PDF and the rest.',
    { path: '^(capabilities|connectors|ui)/', pathNot: TEST },
    { path: '^paper/', pathNot: '^paper/blocks(\\.ts$|/)' },
  ),
  ...ladder().map((room, place, list) => ({
    ...forbid(
      'ladder',
      'A room imports only rooms that stand earlier in apps/rooms.ts.',
      { path: `^capabilities/${room}/`, pathNot: TEST },
      { path: `^capabilities/(${list.slice(place + 1).join('|') || '-'})/` },
    ),
  })),
]

const worlds = [
  forbid(
    'pure-parts-touch-no-machine',
    'These parts run unchanged in Node, in the browser and in a test: no node:*, no server library.',
    { path: '^(kernel|drawing|exchange|capabilities|paper/blocks)', pathNot: [TEST, SCREENS] },
    { dependencyTypes: ['core'] },
  ),
  forbid(
    'pure-parts-use-few-libraries',
    'Libraries of the pure parts are listed in architecture.cjs: each must be pure itself.',
    { path: '^(kernel|drawing|exchange|capabilities|paper/blocks)', pathNot: [TEST, SCREENS] },
    { path: 'node_modules/', pathNot: [PURE_LIBRARIES, REACT] },
  ),
  forbid(
    'react-stays-in-screens',
    'Only ui/, apps/web/ and *.screens.tsx know React and the controls.',
    { path: '^(kernel|drawing|exchange|paper|capabilities|connectors)/', pathNot: [TEST, SCREENS] },
    { path: ['^ui/', REACT] },
  ),
  forbid(
    'screens-stay-in-their-places',
    'A .tsx file lives in ui/, in apps/web/ or is a room’s screens: Node refuses to run .tsx.',
    { path: '\\.tsx$', pathNot: [SCREENS, '^(bench|tests)/'] },
    {},
  ),
  forbid(
    'server-sees-no-screen',
    'Nothing that the server or the command line can reach is .tsx, React or ui/.',
    { path: '^apps/(server|cli)/', pathNot: TEST },
    { path: ['\\.tsx$', REACT, '^ui/'], reachable: true },
  ),
  forbid(
    'web-runs-in-the-browser',
    'The shell imports no server code and nothing of Node.',
    { path: '^(apps/web|ui)/', pathNot: TEST },
    { path: ['^apps/(server|cli)/', `^(node:)?(${builtinModules.join('|')})$`] },
  ),
  forbid(
    'server-runs-on-dependencies',
    'A library that the server or the command line runs on is a dependency, not a development dependency.',
    { path: '^apps/(server|cli)/', pathNot: TEST },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: REACT },
  ),
]

const order = [
  forbid('no-cycles', 'Two files that import each other are one file.', {}, { circular: true }),
  forbid(
    'imports-exist',
    'Every import names a file or an installed package.',
    {},
    { couldNotResolve: true },
  ),
]

module.exports = {
  forbidden: [...arrows, ...rooms, ...worlds, ...order],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|tests/architecture/sins)/' },
    tsPreCompilationDeps: true, // an import of a type is an arrow too
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
}
