/** What the site's log says of our answers: whether they came, whether they were personal, whether somebody watched them. */

import type { LiveLog } from '../../src/serve/admin-answers.js';
import { formatAvailability, formatMoment, formatNumber, formatShare } from './format.js';
import { live, version } from './service.js';

export function Observed() {
  const log = live.value?.log;
  if (!log) return null;
  return (
    <section class="card observed" aria-labelledby="observed">
      <header>
        <h2 id="observed">As the site’s log sees us</h2>
        <p class="about">
          {log.newestMs === null ? 'no line yet' : `newest line ${formatMoment(log.newestMs)}`} · model{' '}
          {version.value?.model ?? 'none'}
        </p>
      </header>
      <dl>
        <Figure name="Requests, 1 h" value={formatNumber(log.hour.requests)} note={failuresOf(log.hour)} />
        <Figure
          name="Availability, 1 h"
          value={orDash(log.hour.availability, formatAvailability)}
          note={`${orDash(log.day.availability, formatAvailability)} over 24 h`}
        />
        <Figure name="Personal" value={orDash(log.personalShare, formatShare)} note="of an hour’s requests" />
        <Figure
          name="Watched after"
          value={orDash(log.watchedAfterShare, formatShare)}
          note="a listed film, within 2 h"
        />
        <Figure name="Lines per second" value={formatNumber(Math.round(log.linesPerSecond))} note={lagOf(log)} />
      </dl>
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

const Figure = ({ name, value, note }: FigureProps) => (
  <div class="stat">
    <dt>{name}</dt>
    <dd class="figure">{value}</dd>
    <dd class="about">{note}</dd>
  </div>
);

const orDash = (value: number | null, format: (value: number) => string): string =>
  value === null ? '–' : format(value);

const lagOf = ({ lag }: LiveLog): string => (lag === 0 ? 'caught up' : `${formatNumber(lag)} to go`);

/** `12 with status 0, 3 with 400`, the most frequent first. */
function failuresOf({ byStatus }: LiveLog['hour']): string {
  const failures = Object.entries(byStatus).filter(([status]) => status !== '200');
  if (failures.length === 0) return 'none failed';
  return failures
    .sort(([, a], [, b]) => b - a)
    .map(([status, count], i) => `${formatNumber(count)} with ${i === 0 ? 'status ' : ''}${status}`)
    .join(', ');
}
