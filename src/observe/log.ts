/** The log: JSON lines for programs, short lines for a person; what happens to models and workers, never a line a request. */

import pino, { type Logger } from 'pino';
import { ingestNews, swaps, workerDeaths, type IngestNews } from '../core/channels.js';
import { MatineeError } from '../core/errors.js';

export type { Logger } from 'pino';

export interface LogOutput {
  write(text: string): unknown;
}

/** Writes to `output`, usually stderr; with `isTty` in lines for people. */
export function createLog(output: LogOutput, isTty: boolean): Logger {
  const write = isTty
    ? (line: string) => output.write(readable(JSON.parse(line) as Entry))
    : (line: string) => output.write(line);
  return pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { error: describeError },
    },
    { write },
  );
}

/** Logs what the channels tell, until the returned function is called. */
export function logEvents(log: Logger): () => void {
  const subscriptions = [
    swaps.subscribe(({ result, pointer, version, overlay, seconds, error, lacks }) => {
      const edition = { pointer, version, ...(overlay > 0 && { overlay }), ms: Math.round(seconds * 1000) };
      if (result === 'loaded') log.info({ ...edition, ...(lacks !== undefined && { lacks }) }, 'model loaded');
      else if (overlay > 0) log.error({ ...edition, error }, 'overlay refused, the version serves without it');
      else log.error({ ...edition, error }, 'model refused, the one before goes on serving');
    }),
    ingestNews.subscribe((news) => {
      logIngest(log, news);
    }),
    workerDeaths.subscribe(({ error, requests }) => {
      log.error({ requests, error }, 'worker died, the next rung answered its requests');
    }),
  ];
  return () => subscriptions.forEach((unsubscribe) => unsubscribe());
}

function logIngest(log: Logger, news: IngestNews): void {
  if (news.kind === 'recovered') {
    log.info('the log is read again');
  } else if (news.kind === 'gap') {
    const { partition, from, to } = news;
    log.error({ partition, from, to }, 'lines of the log were gone before they were read');
  } else {
    const { code, message, hint } = news;
    log.error({ error: { code, message, hint } }, 'the log cannot be read, answers go on from the last state');
  }
}

/** Faults of the ingest's thread come as plain objects. */
function describeError(error: unknown): object {
  if (error instanceof MatineeError) {
    const { code, message, hint, fields } = error;
    return { code, message, hint, ...fields };
  }
  if (typeof error === 'object' && error !== null && 'message' in error && !(error instanceof Error)) return error;
  return error instanceof Error ? { message: error.message, stack: error.stack } : { message: String(error) };
}

interface Entry {
  readonly level: string;
  readonly time: string;
  readonly msg: string;
  readonly error?: { readonly message: string; readonly hint?: string; readonly stack?: string };
  readonly [field: string]: unknown;
}

/** `12:30:01 model loaded (pointer current, version ials-…, ms 81)`, and an error with its hint on lines of their own. */
function readable({ level, time, msg, error, ...fields }: Entry): string {
  const clock = time.slice(11, 19);
  const mark = level === 'info' ? '' : `${level}: `;
  const facts = Object.entries(fields).map(([name, value]) => `${name} ${String(value)}`);
  const lines = [`${clock} ${mark}${msg}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`];
  if (error !== undefined) lines.push(`  ${error.stack ?? error.message}`);
  if (error?.hint !== undefined) lines.push(`  hint: ${error.hint}`);
  return `${lines.join('\n')}\n`;
}
