/** Numbers and times as texts in a file: null for what is not one. */

import { TIME_LIMIT_MS } from '../../store/history-codec.js';

/** Plain decimals only: no sign, exponent, hexadecimal or infinity. */
export const parseDecimal = (text: string): number | null => (/^\d+(\.\d*)?$/.test(text) ? Number(text) : null);

/** Above it a unix time counts milliseconds: as seconds it would be the year 5138. */
const SECONDS_MAX = 1e11;

/** Milliseconds since 1970 from unix seconds, unix milliseconds or ISO 8601; a date and time without a zone is UTC. */
export function parseTimeMs(text: string): number | null {
  const unix = parseDecimal(text);
  const ms = unix === null ? parseIso(text) : unix < SECONDS_MAX ? unix * 1000 : unix;
  return ms !== null && ms >= 0 && ms < TIME_LIMIT_MS ? ms : null;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/;

function parseIso(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const part = (i: number): number => Number(match[i] ?? 0);
  const [month, day, hour, minute, second] = [part(2), part(3), part(4), part(5), part(6)];
  const date = new Date(Date.UTC(part(1), month - 1, day, hour, minute, second));
  // Date.UTC rolls 30 February over into March: what comes back must be what went in.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const fraction = match[7] === undefined ? 0 : Math.floor(Number(`0.${match[7]}`) * 1000);
  return date.getTime() + fraction - zoneMs(match[8] ?? 'Z');
}

function zoneMs(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
