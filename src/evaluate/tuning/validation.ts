/**
 * Cuts to choose hyper-parameters on: a protocol's own way of cutting, applied once more to what its first cut may learn.
 * No interaction that the protocol ever asks for is in them, on either side.
 */

import { fail, type Result } from '../../core/errors.js';
import type { Interactions } from '../../dataset/interactions.js';
import { cutsBy, siteProtocols, type SiteProtocol } from '../protocols/cuts-by.js';
import type { Cuts } from '../protocols/protocol.js';

/** `strong` is none of them: its first fold learns from the test users of the others. */
export const tuningProtocols = siteProtocols.filter((protocol) => protocol !== 'strong');

/** Errors: those of `cutsBy`; data-missing, when the training half is too small to be cut. */
export function validationCuts(protocol: SiteProtocol, interactions: Interactions, seed: number): Result<Cuts> {
  const tested = cutsBy(protocol, interactions, seed);
  if (!tested.ok) return tested;
  const inner = cutsBy(protocol, tested.value.cuts[0]!.train, seed);
  if (inner.ok) return inner;
  return fail('data-missing', `what ${protocol} may learn is too little to be cut again`, {
    hint: 'Import more data, or choose another protocol.',
  });
}
