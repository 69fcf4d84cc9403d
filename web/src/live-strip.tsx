/** The last minute at a glance: how much was asked, how fast it was answered, and by which rung. */

import { formatNumber, formatMeasure } from './format.js';
import { Rungs } from './rungs.js';
import { live } from './service.js';
import { Sparkline } from './sparkline.js';

/** One second alone jumps about too much to be read. */
const RATE_SECONDS = 5;

const empty = { requests: Array<number>(60).fill(0), p50Ms: null, p99Ms: null };
const noTiers = { personal: 0, cold: 0, popular: 0, static: 0 };

const inMs = (value: number | null): string => (value === null ? '–' : formatMeasure(value));

export function LiveStrip() {
  const { requests, p50Ms, p99Ms } = live.value ?? empty;
  const recent = requests.slice(-RATE_SECONDS).reduce((sum, count) => sum + count, 0) / RATE_SECONDS;
  return (
    <section class="card live" aria-label="The last minute">
      <div class="stat">
        <h2>Requests per second</h2>
        <div class="row">
          <p class="figure">{formatNumber(recent)}</p>
          <Sparkline values={requests} label={`Requests in each of the last ${requests.length} seconds`} />
        </div>
      </div>
      <div class="stat">
        <h2>Latency, ms</h2>
        <div class="row">
          <p class="figure">
            {inMs(p50Ms)} <small>p50</small>
          </p>
          <p class="figure">
            {inMs(p99Ms)} <small>p99</small>
          </p>
        </div>
      </div>
      <div class="stat">
        <h2>Answered by</h2>
        <Rungs tiers={live.value?.tiers ?? noTiers} />
      </div>
    </section>
  );
}
