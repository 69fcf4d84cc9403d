/** What the source does not say of a reason code: an example, and what a person can do about it. One entry for every code. */

import type { ErrorCode } from '../../src/core/errors.js';
import type { Reason } from '../../src/ingest/import/report.js';
import type { refusals } from '../../src/ingest/log/outcomes.js';
import type { LookupFailure } from '../../src/ingest/lookup-outcome.js';
import type { HeldReason } from '../../src/store/held.js';
import type { LineFault } from '../../src/world/line-faults.js';

export interface Advice {
  readonly example: string;
  readonly advice: string;
}

const RARE = 'Nothing while it is rare: the line was damaged on its way.';

export const lineAdvice: Readonly<Record<LineFault, string>> = {
  empty: 'Nothing, unless a producer sends empty messages by mistake.',
  'line-too-long': 'Look whether something else writes into the topic, or a writer forgets line ends.',
  'not-utf8': RARE,
  'too-few-fields': 'Look for a writer that was cut off, or for another kind of log in the same topic.',
  time: 'When all lines have it, the log has changed its format of time.',
  user: 'When many have it, look for user ids of a new shape.',
  request: 'When many have it, the site logs something new: it needs a place in the grammar.',
  film: 'When many have it, look for film ids of a new shape.',
  minute: 'When many have it, look at the players that report the minutes.',
  rating: 'When many have it, the site has begun to rate in fractions or in words.',
  host: RARE,
  status: RARE,
  result: RARE,
  latency: 'Look for results that were cut off.',
  list: 'Compare with what the service answered: `curl` the same user.',
};

export const heldAdvice: Readonly<Record<HeldReason, Advice>> = {
  'film-unknown': {
    example: '2026-02-14T22:00:05,7000001,GET /data/m/the+quiet+harbour+2026/0.mpg',
    advice: 'Set `--film-api`. With one, wait; when it does not go down, look at the requests to that API.',
  },
  'user-unknown': {
    example: '2026-02-14T22:00:05,7000001,GET /data/m/alien+1979/0.mpg',
    advice: 'Only with `--user-api`. Wait; when it does not go down, look at the requests to that API.',
  },
  'minute-order': {
    example: '2026-02-14T20:02:02,7000001,GET /data/m/alien+1979/91.mpg',
    advice: 'Nothing while it is rare. When it grows, a partition is far behind, or minutes are lost before the log.',
  },
  'rating-scale': {
    example: '2026-02-14T21:58:40,7000001,GET /rate/alien+1979=9',
    advice: 'When the scale is known, say so: `--rating-scale 1-10`. It is else learned from the next hundred ratings.',
  },
  'clock-skew': {
    example: '2206-02-14T20:01:02,7000001,GET /data/m/alien+1979/0.mpg',
    advice: 'When all lines have it, look at our own clock and at `--log-zone`.',
  },
};

export const refusalAdvice: Readonly<Record<keyof typeof refusals, Advice>> = {
  'film-not-found': {
    example: '2026-02-14T22:00:05,7000001,GET /data/m/the+quiet+harbxur+2026/0.mpg',
    advice: 'If the film exists, let the API say so, then `matinee quarantine retry --reason film-not-found`.',
  },
  'user-not-found': {
    example: '2026-02-14T22:00:05,99999,GET /data/m/alien+1979/0.mpg',
    advice: 'If the account exists, let the API say so, then `matinee quarantine retry --reason user-not-found`.',
  },
  unsettled: {
    example: '2026-02-14T22:00:05,7000001,GET /data/m/the+quiet+harbour+2026/0.mpg',
    advice: 'Settle the cause (mostly a missing `--film-api`), then `matinee quarantine retry --reason unsettled`.',
  },
};

export const importAdvice: Readonly<Record<Reason, Advice>> = {
  'row-unreadable': { example: '42,"alien+1979,5,1771099262', advice: 'Mend the quotes, or save the file as UTF-8.' },
  'fields-missing': { example: '42,alien+1979', advice: 'Give every row the columns of the header.' },
  'user-invalid': { example: 'anna,alien+1979,5,1771099262', advice: 'Number the users.' },
  'film-invalid': { example: '42,a film/1979,5,1771099262', advice: 'Spell ids as the site does, without blanks.' },
  'film-unknown': { example: '1,999999,5.0,1771099262', advice: 'Import `movies.csv` of the same edition.' },
  'rating-invalid': { example: '42,alien+1979,good,1771099262', advice: 'Write a number.' },
  'maturity-invalid': {
    example: 'alien+1979,older',
    advice: 'Write `all`, `teen` or `adult`, or an MPA rating such as `PG-13`.',
  },
  'minute-invalid': { example: '42,alien+1979,5,1771099262,-1', advice: 'Write a whole minute, or leave it empty.' },
  'time-invalid': { example: '42,alien+1979,5,yesterday', advice: 'Write unix seconds, or as 2026-02-14T20:01:02Z.' },
};

export const lookupAdvice: Readonly<Record<LookupFailure['code'], Advice>> = {
  'rate-limited': { example: 'HTTP 429', advice: 'Lower `--lookup-rate` when it happens again and again.' },
  timeout: { example: 'no whole answer within 10 s', advice: 'Look at the load of the API.' },
  unreachable: { example: 'ECONNREFUSED', advice: 'Check address and port, and that the API runs.' },
  'server-error': { example: 'HTTP 503', advice: 'Tell whoever runs the API.' },
  'bad-answer': {
    example: '<html>',
    advice: 'Ask it yourself with `curl`: is it the right API, has its format changed?',
  },
};

type SourceCode = Extract<
  ErrorCode,
  `source-${string}` | 'format-unknown' | 'format-invalid' | 'file-unreadable' | 'state-in-use' | 'storage-failed'
>;

export const sourceAdvice: Readonly<Record<SourceCode, Advice>> = {
  'source-unreachable': {
    example: 'Kafka at broker:9092 does not answer as it should',
    advice: 'Check the address, that the broker runs, and whether its port wants TLS or SASL.',
  },
  'source-refused': {
    example: "Kafka at broker:9094 refuses the user 'app'",
    advice: 'Check user, password, mechanism and rights; for certificates `--kafka-ca`.',
  },
  'source-missing': {
    example: "Kafka at broker:9092 has no topic 'movielogg'",
    advice: 'Check the name, or create the topic. When it was made anew, read it into a new data folder.',
  },
  'source-stalled': {
    example: "partition 1 of topic 'movielog' brings nothing for 20 s",
    advice: "Look at the partition's leader. When another member has it: one group for each state.",
  },
  'format-unknown': {
    example: "topic 'movielog' holds a batch in a compression that is not supported here",
    advice: 'Let producers compress with gzip, snappy, lz4, zstd or not at all. The other partitions go on.',
  },
  'format-invalid': {
    example: 'the log in movielog/0 ends at offset 1200, before 1300, where reading has to go on',
    advice: 'The log was cut off or replaced: restore it, or read it into a new data folder.',
  },
  'file-unreadable': {
    example: 'cannot read the log in movielog: ENOENT',
    advice: 'Check that the path exists and may be read.',
  },
  'state-in-use': {
    example: 'another ingest writes into this state (partition 0)',
    advice: 'Stop one of the two; this one has ended.',
  },
  'storage-failed': {
    example: 'cannot write to var/state: 12 MiB are left on its disk, and 80 are wanted',
    advice: 'Make room. What was not stored is read again from the log.',
  },
};
