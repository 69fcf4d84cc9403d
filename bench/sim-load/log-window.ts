/** What was written to a log directory between two moments, counted from its bytes when nothing is measured any more. */

import { readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes by path of a segment. */
type Places = ReadonlyMap<string, number>;

interface AnsweredRequest {
  readonly status: number;
  readonly latencyMs: number;
}

export interface Counted {
  readonly lines: number;
  readonly requests: readonly AnsweredRequest[];
}

const LATE_MS = 600;
const LF = 10;
const REQUEST = /,recommendation request [^,]*, status (\d+), result: .*, (\d+) ms$/gm;

export const answeredWell = ({ status, latencyMs }: AnsweredRequest): boolean => status === 200 && latencyMs <= LATE_MS;

export function placesIn(log: string): Places {
  const paths = readdirSync(log).flatMap((partition) =>
    readdirSync(join(log, partition)).map((name) => join(log, partition, name)),
  );
  return new Map(paths.map((path) => [path, statSync(path).size]));
}

/** Appends end with a line, and so do both moments. */
export async function linesBetween(from: Places, to: Places): Promise<Counted> {
  let lines = 0;
  const requests: AnsweredRequest[] = [];
  for (const [path, end] of to) {
    const bytes = await read(path, from.get(path) ?? 0, end);
    for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) lines++;
    for (const [, status, latencyMs] of bytes.toString('latin1').matchAll(REQUEST)) {
      requests.push({ status: Number(status), latencyMs: Number(latencyMs) });
    }
  }
  return { lines, requests };
}

async function read(path: string, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(to - from);
  const file = await open(path);
  try {
    await file.read(bytes, 0, bytes.length, from);
  } finally {
    await file.close();
  }
  return bytes;
}
