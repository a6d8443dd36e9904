// Which room may import which: the table of ARCHITECTURE.md, as code. Each rule carries its reason.
// bin/check-rooms.mjs runs it, proves on planted violations that each rule bites, and counts what was read.
const may = {
  kit: [],
  text: ['kit'],
  net: ['kit'],
  db: ['kit'],
  core: ['kit', 'text', 'db'],
  strategy: ['kit', 'core', 'db'],
  pillars: ['kit', 'text', 'db', 'core'],
  channels: ['kit', 'text', 'net', 'db'],
  ui: ['kit', 'text'],
}
const pure = '/(rules|checks|signals|convert)\\.ts$'
const tests = '(\\.test\\.tsx?|/test-[a-z-]+\\.ts)$'
const screens = '/web/'

const rooms = Object.entries(may).map(([room, others]) => ({
  name: `${room}-keeps-to-its-table`,
  comment: `src/${room} may import ${others.length ? others.map((other) => `src/${other}`).join(', ') : 'nothing of the house'}.`,
  from: { path: `^src/${room}/`, pathNot: [screens, tests] },
  to: { path: '^src/', pathNot: `^src/(${[room, ...others].join('|')})/` },
}))

const ownFolder = (room) => ({
  from: { path: `^src/${room}/([^/]+)/`, pathNot: [screens, tests] },
  to: { path: `^src/${room}/[^/]+/`, pathNot: `^src/${room}/$1/` },
})

const rules = [
  ...rooms,
  { name: 'pillars-meet-only-in-events', comment: 'A pillar that knows another cannot be taken out.', ...ownFolder('pillars') },
  {
    name: 'channels-do-not-know-each-other', comment: 'A network is added or dropped as one folder; the forum and the comments of other sites stand on the porch.', ...ownFolder('channels'),
    from: { ...ownFolder('channels').from, pathNot: [screens, tests, '^src/channels/(forum|comments)/'] },
  },
  {
    name: 'what-stands-on-the-porch-knows-no-other', comment: 'The forum and the comments of other sites take the porch’s frame and know no other channel.',
    from: { path: '^src/channels/(forum|comments)/', pathNot: [tests, '^src/channels/forum/federate/'] }, to: { path: '^src/channels/', pathNot: '^src/channels/($1|porch)/' },
  },
  {
    name: 'the-forum-is-federated-in-one-folder', comment: 'What tells other servers of the forum takes the fediverse’s signatures, inbox and deliveries, and knows no other channel.',
    from: { path: '^src/channels/forum/federate/', pathNot: tests }, to: { path: '^src/channels/', pathNot: '^src/channels/(forum|porch|fediverse)/' },
  },
  {
    name: 'decisions-are-pure',
    comment: 'Rules, checks, signals and conversions run in the browser too: no Node built-ins.',
    from: { path: `^src/.*${pure}` }, to: { dependencyTypes: ['core'] },
  },
  {
    name: 'decisions-hold-no-store',
    comment: 'A decision takes values and returns a decision; the caller does the reading and writing.',
    from: { path: `^src/.*${pure}` },
    to: { path: '^src/(net|db|core)/|/(store|routes|tables)\\.ts$', pathNot: pure, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'screens-take-types-and-decisions',
    comment: 'What runs in a browser takes kit, text, ui and pure decisions; of all else only types.',
    from: { path: '^src/(web|strategy/web|pillars/[^/]+/web)/', pathNot: tests },
    to: { path: '^src/', pathNot: `^src/(kit|text|ui|web)/|^src/(strategy|pillars/[^/]+)/web/|${pure}`, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'a-pillars-screens-are-its-own',
    comment: 'A screen takes no other pillar\'s screens and no rules but its own.',
    from: { path: '^src/(strategy|pillars/[^/]+)/web/', pathNot: tests },
    to: { path: '^src/(strategy|pillars/[^/]+)/', pathNot: '^src/$1/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'nothing-imports-the-shell',
    comment: 'The shell mounts the screens; nothing leans on it.',
    from: { path: '^(src|db)/', pathNot: ['^src/web/', tests] }, to: { path: '^src/web/' },
  },
  {
    name: 'the-server-holds-no-screens',
    comment: 'Server code runs without a build, so it takes nothing that is made for a browser.',
    from: { path: '^src/', pathNot: ['^src/(web|ui)/', screens, tests] },
    to: { path: '^src/(ui/|(strategy|pillars/[^/]+)/web/)' },
  },
  {
    name: 'seeds-tell-stories-with-the-nouns',
    comment: 'A seed writes what people would have written; it needs no host, no network and no screen.',
    from: { path: '^db/seeds/', pathNot: tests }, to: { path: '^src/', pathNot: '^src/(kit|text|db|core|strategy|pillars)/' },
  },
  {
    name: 'the-house-does-not-lean-on-its-tests',
    comment: 'What runs for people must not need what runs for us.',
    from: { path: '^(src|db)/', pathNot: tests }, to: { path: `^(test|bench)/|${tests}|^src/db/testing\\.ts$` },
  },
  {
    name: 'no-circles',
    comment: 'Two files that need each other are one file; types may look back.',
    from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
]

export default {
  forbidden: rules.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
