/** Renders docs/scenarios.md: the scenario file, every fault and attack, and the scenarios that are shipped. */

import { format, resolveConfig } from 'prettier';
import type { z } from 'zod';
import type { Kind } from '../../src/sim/scenario/kind.js';
import { kindGroups } from '../../src/sim/scenario/kinds.js';
import { notesOf } from '../../src/sim/scenario/parameters.js';
import { scenarioSchema, timingSchema, worldSchema } from '../../src/sim/scenario/scenario.js';
import { listScenarios } from '../../src/sim/scenario/shipped.js';
import { REGENERATE } from './reason-codes.js';

export const SCENARIOS = 'docs/scenarios.md';

const code = (text: string): string => `\`${text}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '-'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function keys(schema: z.ZodObject): string {
  const rows = Object.keys(schema.shape).map((key) => {
    const { summary, allowed, fallback } = notesOf(schema, key);
    const isOptional = (schema.shape[key] as z.ZodType).safeParse(undefined).success;
    return [code(key), summary, allowed, fallback === undefined ? (isOptional ? '' : 'required') : code(fallback)];
  });
  return rows.length === 0 ? 'No parameters.' : table(['key', 'what it is', 'must be', 'default'], rows);
}

/** A kind's example as an act of a file. */
export const exampleOf = ({ name, example }: Kind): object => ({ kind: name, at: '10m', for: '5m', ...example });

const section = (kind: Kind): string => `### ${kind.name}

${kind.summary}

${keys(kind.parameters)}

\`\`\`json
${JSON.stringify(exampleOf(kind))}
\`\`\`
`;

const groups = Object.entries(kindGroups).map(([group, kinds]) => `## ${group}\n\n${kinds.map(section).join('\n')}`);

const shipped = listScenarios().map(({ name, description }) => [
  `[${name}](../data/scenarios/${name}.json)`,
  description,
]);

/** As prettier wants it. */
export async function scenarioReference(): Promise<string> {
  const text = `# Scenarios

<!-- Made from the source by \`${REGENERATE}\`: edit that, not this. -->

A scenario says which faults and attacks the simulated site meets, and when. The same scenario and seed bring the same events in
the same world seconds, at any speed. [simulation.md](simulation.md) says how the site behaves where nothing goes wrong.

\`\`\`sh
matinee sim list
matinee sim run --scenario NAME                   # one of those below
matinee sim run --scenario ./mine.json --for 1h   # or a file
\`\`\`

## Shipped

${table(['scenario', 'what happens'], shipped)}

## The file

JSON, read strictly: a key that means nothing is refused, with everything else that is wrong, before anything runs.

\`\`\`json
{
  "name": "my-scenario",
  "description": "A flood of requests while the look-up APIs are away.",
  "world": { "viewers": 20000 },
  "acts": [
    { "kind": "api-outage", "at": "10m", "for": "5m" },
    { "kind": "request-burst", "at": "12m", "for": "1m", "perSecond": 100 }
  ]
}
\`\`\`

${keys(scenarioSchema)}

\`world\` takes what the scenario wants of the world instead of what is usual:

${keys(worldSchema)}

Each act has, beside the parameters of its kind:

${keys(timingSchema)}

All times are world time. Acts of different kinds may overlap and work together; two of the same kind may not. When an act
ends, what it had changed is as it was; a change that stays is an act without \`for\`.

Attackers have accounts of their own: the highest user ids of the world, which sign up when the attack begins. The first act of the file
with accounts has the highest, the next those below. A world keeps a tenth of its ids for sign-ups: a scenario that needs more
is refused.

${groups.join('\n')}`;
  return format(text, { ...(await resolveConfig(SCENARIOS)), filepath: SCENARIOS });
}
