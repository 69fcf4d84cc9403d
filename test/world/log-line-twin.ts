/** The grammar of the log once more, as plainly as it can be said: split, look, and never mind the speed. */

import { LINE_BYTES_MAX, type LineFault } from '../../src/world/line-faults.js';

export type Parsed =
  | { kind: 'watch'; timeMs: number; user: number; film: string; minute: number }
  | { kind: 'rate'; timeMs: number; user: number; film: string; rating: number }
  | { kind: 'create'; timeMs: number; user: number }
  | { kind: 'recommendation'; timeMs: number; user: number; status: number; result: string; latencyMs: number };

const number = /^(0|[1-9][0-9]*)$/;
const film = /^[!$'()*+\-.0-9:;@A-Z[\]^_`a-z{|}~]{1,255}$/;

export function parseSlowly(bytes: Uint8Array, zoneMs = 0): Parsed | LineFault {
  if (bytes.length === 0) return 'empty';
  if (bytes.length > LINE_BYTES_MAX) return 'line-too-long';
  let line: string;
  try {
    line = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return 'not-utf8';
  }
  const [time, user, ...rest] = line.split(',');
  if (rest.length === 0) return 'too-few-fields';

  const timeMs = parseTime(time!);
  if (Number.isNaN(timeMs)) return 'time';
  if (!number.test(user!) || user!.length > 10) return 'user';
  const event = parseRequest(rest.join(','));
  return typeof event === 'string' ? event : ({ timeMs: timeMs - zoneMs, user: Number(user), ...event } as Parsed);
}

function parseTime(text: string): number {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{3})(?:\d{3}|\d{6})?)?)?$/.exec(text);
  if (match === null) return NaN;
  const [, date, clock, seconds = '00', fraction = '000'] = match;
  const full = `${date}T${clock}:${seconds}.${fraction}Z`;
  const ms = Date.parse(full);
  // `Date` reads 30 February as 1 March, and 24:00 as the next day.
  return !Number.isNaN(ms) && new Date(ms).toISOString() === full ? ms : NaN;
}

function parseRequest(request: string): object | LineFault {
  const after = (prefix: string): string => request.slice(prefix.length);
  if (request.startsWith('GET /data/m/')) return parseWatch(after('GET /data/m/'));
  if (request.startsWith('GET /rate/')) return parseRate(after('GET /rate/'));
  if (request === 'GET /create_account') return { kind: 'create' };
  if (request.startsWith('recommendation request ')) return parseRecommendation(after('recommendation request '));
  return 'request';
}

function parseWatch(path: string): object | LineFault {
  const [name, ...file] = path.split('/');
  if (!film.test(name!)) return 'film';
  const minute = /^(0|[1-9]\d*)\.mpg$/.exec(file.join('/'))?.[1];
  if (minute === undefined || Number(minute) > 65_534) return 'minute';
  return { kind: 'watch', film: name, minute: Number(minute) };
}

function parseRate(path: string): object | LineFault {
  const [name, ...rest] = path.split('=');
  if (!film.test(name!)) return 'film';
  const rating = rest.join('=');
  if (!number.test(rating) || rating.length > 3) return 'rating';
  return { kind: 'rate', film: name, rating: Number(rating) };
}

function parseRecommendation(text: string): object | LineFault {
  const [host, ...behindHost] = text.split(/(?=,)/);
  if (!/^[!-+\--~]+$/.test(host!)) return 'host';
  const [status, ...behindStatus] = behindHost.join('').split(/(?<=^.+)(?=,)/s);
  if (!/^, status (0|[1-5]\d\d)$/.test(status ?? '')) return 'status';
  const tail = behindStatus.join('');
  if (!tail.startsWith(', result: ')) return 'result';
  const match = /^(.*), (0|[1-9]\d{0,8}) ms$/s.exec(tail.slice(', result: '.length));
  if (match === null) return 'latency';
  const [, result, latency] = match;
  const code = Number(status!.slice(', status '.length));
  if (code !== 200 && /\p{Cc}/u.test(result!)) return 'result';
  if (code === 200 && result !== '' && !result!.split(', ').every((id) => film.test(id))) return 'list';
  return { kind: 'recommendation', status: code, result, latencyMs: Number(latency) };
}
