/** What can become of a line: accepted as one of four kinds, held for a reason, or rejected for a reason. */

import { heldReasons, type HeldReason } from '../../store/held.js';
import { lineFaults, type LineFault } from '../../world/line-faults.js';

export const acceptedKinds = ['watch', 'rate', 'create', 'recommendation'] as const;
export type AcceptedKind = (typeof acceptedKinds)[number];

/** Why a well-formed line is rejected. */
export const refusals = {
  'film-not-found': 'the film API does not know the film',
  'user-not-found': 'the user API does not know the user',
  unsettled: 'the line was held, nothing settled it, and it made room for later ones',
} as const;

export type RejectReason = LineFault | keyof typeof refusals;

const rejectReasons: readonly RejectReason[] = [
  ...lineFaults.map(({ code }) => code),
  ...(Object.keys(refusals) as (keyof typeof refusals)[]),
];

/** Names under which the state counts lines. `accepted`, `held` and `rejected` add up to the lines that were read. */
export const acceptedTally = (kind: AcceptedKind): string => `accepted ${kind}`;
export const heldTally = (reason: HeldReason): string => `held ${reason}`;
/** How often lines were put aside: one that is looked at again may be put aside again. */
export const holdsTally = (reason: HeldReason): string => `holds ${reason}`;
export const rejectedTally = (reason: RejectReason): string => `rejected ${reason}`;
/** Exact duplicates: counted among the accepted, without effect. */
export const DUPLICATES = 'duplicates';
/** `observed 200`: our answers as the site's log tells them. */
export const observedTally = (status: number): string => `observed ${status}`;

export const reasonsOfHeld = Object.keys(heldReasons) as HeldReason[];

/** What became of lines, as a person or a program reads it. */
export interface LineReport {
  /** lines = accepted + held + rejected. Lines that were held by an earlier run and settled in this one make held negative. */
  readonly lines: number;
  readonly accepted: Readonly<Record<AcceptedKind, number>>;
  readonly held: Readonly<Record<string, number>>;
  readonly rejected: Readonly<Record<string, number>>;
  readonly duplicates: number;
}

/** `tally` gives the count under a name. */
export function lineReport(tally: (name: string) => number): LineReport {
  const counted = <Name extends string>(names: readonly Name[], nameOf: (name: Name) => string, all: boolean) =>
    Object.fromEntries(
      names.map((name) => [name, tally(nameOf(name))] as const).filter(([, count]) => all || count !== 0),
    ) as Record<Name, number>;
  const accepted = counted(acceptedKinds, acceptedTally, true);
  const held = counted(reasonsOfHeld, heldTally, false);
  const rejected = counted(rejectReasons, rejectedTally, false);
  const sum = (counts: Readonly<Record<string, number>>): number =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  const lines = sum(accepted) + sum(held) + sum(rejected);
  return { lines, accepted, held, rejected, duplicates: tally(DUPLICATES) };
}
