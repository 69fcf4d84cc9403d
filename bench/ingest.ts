/** The site's log into the state: how fast, in how much memory, and how soon it is in the answers; `--long` for more rounds. */

import { printMachine, reportRows } from './harness/results.js';
import { figureRow, type Row } from './harness/rows.js';
import { startBroker, whyNoBroker, type Broker } from './ingest/broker.js';
import { measureDirectory } from './ingest/directory.js';
import { measureFresh } from './ingest/fresh.js';
import { measureFullState } from './ingest/full-state.js';
import { measureKafka } from './ingest/kafka.js';
import { liveDirectory, liveTopic } from './ingest/live-log.js';
import { measureParse } from './ingest/parse.js';
import { measureStrangers } from './ingest/strangers.js';

/** Three months of the customer's log. */
const BACKLOG_LINES = 372e6;

function parseRow(): Row {
  const { lines, rounds } = measureParse();
  const note = lines === 'real' ? "lines of the site's own logs" : 'lines made in their shapes and shares';
  return figureRow({ name: 'lines parsed', unit: 'lines/s', ours: rounds, bar: 1_000_000, better: 'higher', note });
}

const backlogRow = (where: string, rates: readonly number[]): Row =>
  figureRow({
    ...{ name: `backlog of 372 million lines, from ${where}`, unit: 'hours', note: 'at the rate measured' },
    ours: rates.map((rate) => BACKLOG_LINES / rate / 3600),
  });

async function directoryRows(): Promise<Row[]> {
  const { rows, rates } = await measureDirectory();
  return [...rows, backlogRow('a log directory', rates)];
}

async function kafkaRows(broker: Broker): Promise<Row[]> {
  const { rows, rates } = await measureKafka(broker);
  const fresh = await measureFresh('topic', () => liveTopic(broker, 'live'));
  return [...rows, backlogRow('Kafka', rates), ...fresh];
}

printMachine();
const noBroker = whyNoBroker();
const rows = [
  parseRow(),
  ...(await directoryRows()),
  ...(await measureStrangers()),
  ...(await measureFresh('log directory', (folder) => Promise.resolve(liveDirectory(folder)))),
  ...(await measureFullState()),
];
if (noBroker === undefined) {
  const broker = await startBroker();
  rows.push(...(await kafkaRows(broker).finally(() => broker.stop())));
}
reportRows('ingest', rows, noBroker === undefined ? [] : [noBroker]);
