/** The row that every bench writes: figures in any unit, judged alone or against a peer. */

import { cpus } from 'node:os';
import { packageVersion } from '../../src/core/package.js';
import { median, spreadOf } from './measure.js';

/** One line of bench/results. Together with its unit, its name is the same in every run. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  /** Median of our rounds. */
  readonly ours: number;
  /** Median of the peer's rounds; null where nothing is compared. */
  readonly peer: number | null;
  /** ours / peer. */
  readonly ratio: number | null;
  readonly better: Better;
  /** For `ratio`, or where that is null for `ours`; null where nothing was promised. */
  readonly bar: number | null;
  readonly pass: boolean | null;
  /** (largest − smallest) / median of our rounds. */
  readonly spread: number;
  /** Rounds. */
  readonly n: number;
  /** What the medians and the spread are of, in the order in which they were measured. */
  readonly rounds: Sides<readonly number[]>;
  /** Medians of wall time, where the figure is CPU time and wall time was measured too. */
  readonly wall: Sides<number> | null;
  /** What of the run one must know to read the figure, such as the rate that was asked. */
  readonly note: string | null;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Which side of a bar passes. */
export type Better = 'lower' | 'higher';

interface Sides<T> {
  readonly ours: T;
  readonly peer: T | null;
}

export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** One value a round. */
  readonly ours: readonly number[];
  readonly peer?: readonly number[] | undefined;
  readonly bar?: number | undefined;
  /** `lower` when absent. */
  readonly better?: Better;
  readonly wall?: { readonly ours: readonly number[]; readonly peer: readonly number[] };
  readonly note?: string;
  /** Of what else took part; ours and Node's are always there. */
  readonly versions?: Readonly<Record<string, string>>;
}

export function figureRow({ name, unit, ours, peer, bar, better = 'lower', ...rest }: Figure): Row {
  const value = median(ours);
  const other = peer === undefined ? null : median(peer);
  const ratio = other === null ? null : value / other;
  const judged = ratio ?? value;
  return {
    ...{ name, unit, ours: value, peer: other, ratio, better },
    bar: bar ?? null,
    pass: bar === undefined ? null : better === 'lower' ? judged <= bar : judged >= bar,
    spread: spreadOf(ours),
    n: ours.length,
    rounds: { ours, peer: peer ?? null },
    wall: rest.wall === undefined ? null : { ours: median(rest.wall.ours), peer: median(rest.wall.peer) },
    note: rest.note ?? null,
    machine: `${cpus().length} × ${cpus()[0]!.model}`,
    versions: { matinee: packageVersion, node: process.versions.node, ...rest.versions },
  };
}

/** Four digits: more is noise. */
export const digits = (value: number): string => String(Number(value.toPrecision(4)));

/** One line of text. */
export function describeRow({ name, unit, ours, peer, ratio, bar, pass, spread, n, wall, note }: Row): string {
  const beside = (time: number | null | undefined): string => (time == null ? '' : ` (wall ${digits(time)})`);
  const against = peer === null ? '' : `, peer ${digits(peer)}${beside(wall?.peer)}, ratio ${ratio!.toFixed(3)}`;
  const rounds = n === 1 ? '' : `, spread ${(100 * spread).toFixed(0)} %`;
  const verdict = pass === null ? '' : `  ${pass ? 'pass' : 'FAIL'} (bar ${bar})`;
  const noted = note === null ? '' : `  (${note})`;
  return `${name}: ${digits(ours)} ${unit}${beside(wall?.ours)}${against}${rounds}${verdict}${noted}`;
}
