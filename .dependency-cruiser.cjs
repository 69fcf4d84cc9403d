/** Which folder may import which: read from the table of rooms in docs/ARCHITECTURE.md, top to bottom. */

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const architecture = readFileSync(join(__dirname, 'docs/ARCHITECTURE.md'), 'utf8');
const rooms = [...architecture.matchAll(/^\| `([a-z]+)` +\|/gm)].map((row) => row[1]);

const roomsBelow = rooms.map((room, index) => ({
  name: `${room}-imports-upwards-only`,
  comment: 'The table of rooms in docs/ARCHITECTURE.md: a room may import those above it and nothing below.',
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${rooms.slice(index + 1).join('|') || 'nothing'})/` },
}));

module.exports = {
  forbidden: [
    ...roomsBelow,
    {
      name: 'world-knows-core-alone',
      comment: "The customer's contract does not depend on how we are configured.",
      severity: 'error',
      from: { path: '^src/world/' },
      to: { path: '^src/config/' },
    },
    {
      name: 'only-app-observes',
      comment: 'Metrics and logs subscribe to diagnostics channels; what they watch does not know them.',
      severity: 'error',
      from: { pathNot: '^src/(observe|app)/' },
      to: { path: '^src/observe/' },
    },
    {
      name: 'only-the-edge-reads-configuration',
      comment: 'Rooms take plain values; app turns configuration into them.',
      severity: 'error',
      from: { pathNot: '^src/(config|app|cli)/' },
      to: { path: '^src/config/' },
    },
    {
      name: 'the-simulated-site-does-not-read-how-it-is-understood',
      comment: 'What simulated viewers say of themselves is a test of src/text only while the two share no words.',
      severity: 'error',
      from: { path: '^src/sim/' },
      to: { path: '^src/text/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'layout-is-the-only-bridge-to-assembly',
      comment: 'assembly/layout.ts draws the bytes for both sides of the language border.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(assembly/(?!layout\\.ts)|web/|test/|bench/)' },
    },
    {
      name: 'production-code-needs-production-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types count: they tie rooms together as firmly as imports of code.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
