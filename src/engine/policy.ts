/**
 * A policy decides which films may be answered and which of the scored candidates become the final list. The model knows
 * nothing of it; the arm of a request names one. Licence cost, maturity and diversity are policies.
 */

import assert from 'node:assert/strict';
import { TOP_MAX } from '../../assembly/layout.js';
import type { Film } from '../store/films.js';

/** The length of an answer. */
export const LIST_LENGTH = 20;

/** The scored films of one request, best first; rows are rows of the model. */
export interface Candidates {
  count: number;
  readonly rows: Uint32Array;
  readonly scores: Float32Array;
}

export interface Policy {
  readonly name: string;
  /** How many candidates it wants to choose from, LIST_LENGTH…100. */
  readonly candidates: number;
  /** Of the answers, the share whose last place goes to a new film; 0…1. */
  readonly exploration: number;
  /** May this film be answered? Asked once a film when a model is loaded. */
  allows(film: Film): boolean;
  /** Added to the score of this film, in the model's units; asked once a film when a model is loaded. */
  bias?(film: Film): number;
  /** Moves the final list to the front of `rows` (and its scores likewise) and returns its length, at most LIST_LENGTH. */
  rank(candidates: Candidates): number;
}

/** The best by score, of the films that the site has: one id that it does not know voids the whole answer. */
const standardPolicy: Policy = {
  name: 'standard',
  candidates: LIST_LENGTH,
  exploration: 0.05,
  allows: ({ listing }) => listing !== 'missing',
  rank: ({ count }) => Math.min(count, LIST_LENGTH),
};

const policies: readonly Policy[] = [standardPolicy];

export const policyNames: readonly string[] = policies.map(({ name }) => name);

/** Policies run in worker threads, so they travel by name. */
export function policyNamed(name: string): Policy {
  const policy = policies.find((candidate) => candidate.name === name);
  assert(policy !== undefined, `no policy is named ${name}`);
  assert(policy.candidates >= LIST_LENGTH && policy.candidates <= TOP_MAX);
  return policy;
}
