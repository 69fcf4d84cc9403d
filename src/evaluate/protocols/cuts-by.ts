/** The protocols that cut the interactions of a site, by name. */

import { fail, succeed, type Result } from '../../core/errors.js';
import type { Interactions } from '../../dataset/interactions.js';
import { isCold } from '../cases.js';
import { leaveLastOutCuts } from './leave-last-out.js';
import { leaveOneOutCuts } from './leave-one-out.js';
import type { Cuts } from './protocol.js';
import { rollingCuts } from './rolling.js';
import { strongCuts } from './strong.js';
import { timeCuts } from './time.js';

const cutting = {
  time: timeCuts,
  rolling: rollingCuts,
  'leave-last-out': leaveLastOutCuts,
  'leave-one-out': leaveOneOutCuts,
  strong: strongCuts,
} as const satisfies Record<string, (interactions: Interactions, seed: number) => Cuts>;

export type SiteProtocol = keyof typeof cutting;
export const siteProtocols = Object.keys(cutting) as readonly SiteProtocol[];

/** Cuts that nobody can be asked at are left out. Errors: data-missing, when none is left. */
export function cutsBy(protocol: SiteProtocol, interactions: Interactions, seed: number): Result<Cuts> {
  const { cuts, notes } = cutting[protocol](interactions, seed);
  const useful = cuts.filter(({ cases }) => cases.some((test) => !isCold(test)));
  if (useful.length > 0) return succeed({ cuts: useful, notes });
  return fail('data-missing', `no user has interactions on both sides of the ${protocol} cut`, {
    hint: 'Import more data, or choose another protocol.',
  });
}
