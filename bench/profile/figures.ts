/** The rows of bench/results/profile.json: their names, and how the documentation reads them again. */

import { figureRow, type Row } from '../harness/rows.js';
import type { Cost } from './cost.js';
import { STAGES } from './stages.js';

/** How many connections ask at the same time; the picture shows the last. */
export const CONNECTIONS = [32, 128] as const;

const WHOLE = 'all threads, against a hello';
const nameOf = (connections: number, what: string): string => `histories of 20, ${connections} connections: ${what}`;

/** `costs` and `hello`: one a round, CPU µs a request. */
export function rowsOf(connections: number, costs: readonly Cost[], hello: readonly number[]): Row[] {
  const unit = 'CPU µs a request';
  return [
    ...STAGES.map(({ name }) => {
      const ours = costs.map(({ stages }) => stages.get(name) ?? 0);
      return figureRow({ name: nameOf(connections, name), unit, ours });
    }),
    figureRow({ name: nameOf(connections, WHOLE), unit, ours: costs.map(({ whole }) => whole), peer: hello }),
  ];
}

/** CPU µs a request; medians, so that the stages need not sum to the whole to the last digit. */
export interface Figures {
  readonly of: (stage: string) => number;
  readonly whole: number;
  readonly hello: number;
}

export function figuresOf(rows: readonly Row[], connections: number): Figures {
  const row = (what: string): Row => {
    const found = rows.find(({ name }) => name === nameOf(connections, what));
    if (found === undefined)
      throw new Error(`no row of ${nameOf(connections, what)}: run \`npm run bench:profile\` again`);
    return found;
  };
  return { of: (stage) => row(stage).ours, whole: row(WHOLE).ours, hello: row(WHOLE).peer! };
}
