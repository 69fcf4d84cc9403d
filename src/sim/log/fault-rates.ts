/** The faults that the site injects into its log, and how often. */

/** Shares of all lines. */
export const measuredFaults = {
  /** One character or blank inserted anywhere. */
  insertion: 7e-4,
  /** The film id replaced by a random string. */
  'film-id': 4e-4,
  /** A rating beyond the scale, or not whole. */
  'rating-scale': 5e-5,
  /** A user id with a letter, a sign or a digit too many. */
  user: 5e-5,
  /** Cut behind its first or second field. */
  fields: 2e-5,
  /** Bytes that are not UTF-8. */
  encoding: 1e-5,
  /** A film id of 5,000 to a million characters. */
  long: 2e-7,
  /** An empty line. */
  tombstone: 2e-5,
  /** A line that came before, once more. */
  duplicate: 3e-3,
} as const;

export type FaultKind = keyof typeof measuredFaults;
export type FaultRates = Readonly<Partial<Record<FaultKind, number>>>;

export interface FaultTable {
  /** Of all lines. */
  readonly share: number;
  /** The fault that a draw below `share` means. */
  kindAt(draw: number): FaultKind;
}

/** A fault that is not named does not happen. */
export function faultTable(rates: 'none' | 'measured' | FaultRates): FaultTable {
  const chosen: FaultRates = rates === 'none' ? {} : rates === 'measured' ? measuredFaults : rates;
  const kinds = (Object.keys(measuredFaults) as FaultKind[]).filter((kind) => (chosen[kind] ?? 0) > 0);
  const limits: number[] = [];
  let share = 0;
  for (const kind of kinds) limits.push((share += chosen[kind]!));
  return { share, kindAt: (draw) => kinds[limits.findIndex((limit) => draw < limit)] ?? kinds.at(-1)! };
}
