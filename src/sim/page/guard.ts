/** Keeps other web pages out: a browser sends their requests to this machine too, but says where they come from. */

import type { IncomingMessage } from 'node:http';
import { hostGuard } from '../../core/loopback-host.js';
import { refuse, type Reply } from './reply.js';

const allowsHost = hostGuard('127.0.0.1');

/** The page itself may be opened from anywhere, if the browser asks this machine by its own name. */
export const refusalOfHost = ({ headers }: IncomingMessage): Reply | undefined =>
  allowsHost(headers.host) ? undefined : refuse(403, 'this site answers requests for the loopback host only');

/** What the page asks for is asked by this page, or by a program that is no browser; asking alone leaves a line in the log. */
export function refusalOfOrigin({ headers }: IncomingMessage): Reply | undefined {
  const { host, origin } = headers;
  const site = headers['sec-fetch-site'];
  const isOwn =
    (origin === undefined || origin === `http://${host}`) &&
    (site === undefined || site === 'same-origin' || site === 'none');
  return isOwn ? undefined : refuse(403, 'only the page of this site may ask for this');
}
