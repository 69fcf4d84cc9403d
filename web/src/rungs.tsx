/** Which rungs of the ladder answered: one bar, divided, with its legend. */

import type { LiveSnapshot } from '../../src/serve/admin-answers.js';
import { formatShare } from './format.js';

type Tiers = LiveSnapshot['tiers'];

/** From the best to the last resort. */
const order: readonly (keyof Tiers)[] = ['personal', 'cold', 'popular', 'static'];

export function Rungs({ tiers }: { readonly tiers: Tiers }) {
  return (
    <>
      <div class="rungs" aria-hidden="true">
        {order.map((tier) => (
          <span key={tier} class={`rung ${tier}`} style={{ flexGrow: tiers[tier] }} />
        ))}
      </div>
      <ul class="legend">
        {order.map((tier) => (
          <li key={tier}>
            <span class={`dot ${tier}`} />
            {tier} <b>{formatShare(tiers[tier])}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
