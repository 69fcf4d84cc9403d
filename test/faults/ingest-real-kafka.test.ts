/** Logs that a site really wrote, through a real Kafka broker into a state: the same as through a log directory. */

import { afterAll, expect, test } from 'vitest';
import { TestBroker, whyNoBroker } from '../kafka/broker.js';
import {
  copyRealLogs,
  knownFaults,
  realLines,
  realLogs,
  startRealApi,
  TRUE_PARTITION,
  whyNoRealLog,
} from '../ingest/real-log.js';
import { contentOf, differences, rejectedLines } from './ingest-content.js';
import { ingestAll, shootAll } from './ingest-process.js';
import { workplace } from './ingest-site.js';

const reason = whyNoBroker() ?? whyNoRealLog;
if (reason !== undefined) console.log(`skipped: real logs through Kafka (${reason})`);

const TOPIC = 'movielog';
const place = workplace();
afterAll(() => {
  shootAll();
  place.remove();
});

test.skipIf(reason !== undefined)(
  'real logs through Kafka: exactly the faulty lines are rejected, the state is the same',
  async () => {
    const broker = await TestBroker.start();
    const api = await startRealApi();
    try {
      const flags = ['--film-api', api.url, '--lookup-rate', '500'];
      await broker.createTopic(TOPIC);
      for (const partition of realLogs.keys()) await broker.produce(TOPIC, partition, realLines(partition));
      const report = await ingestAll(place.path('kafka'), `kafka://${broker.address}/${TOPIC}`, ...flags);
      expect(report).toMatchObject({
        lines: 62_342,
        accepted: { recommendation: 567 },
        rejected: { 'film-not-found': 10 },
        gaps: [],
      });
      const rejected = (await rejectedLines(place.path('kafka'))).map(({ partition, offset }) => [partition, offset]);
      const faulty = knownFaults().map(({ offset }) => [TRUE_PARTITION, offset]);
      expect(rejected.sort((a, b) => a[1]! - b[1]!)).toEqual(faulty);

      await copyRealLogs(place.path(TOPIC));
      await ingestAll(place.path('directory'), `dir:${place.path(TOPIC)}`, ...flags);
      const [kafka, directory] = [await contentOf(place.path('kafka')), await contentOf(place.path('directory'))];
      expect(differences(kafka.state, directory.state)).toEqual([]);
      expect(differences(kafka.quarantine, directory.quarantine)).toEqual([]);
    } finally {
      await Promise.all([broker.stop(), api.close()]);
    }
  },
);
