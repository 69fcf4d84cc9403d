/** What strange clients say: each shape with the statuses that answer it rightly. To say nothing and close is right as well. */

import { head } from './client.js';

export interface Shape {
  readonly says: string | Buffer;
  /** A piece that follows every second. */
  readonly goesOn?: string;
  /** Reads nothing until its time is nearly over. */
  readonly deaf?: true;
  readonly statuses: readonly number[];
}

/** No client asks for it, but for one who hides a request in the body of another. */
export const SMUGGLED = '/smuggled';
const hidden = head(`GET ${SMUGGLED}`);
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** What is not HTTP at all. The newer native builds say 505 to any first line they cannot read. */
const refused = [400, 505];

export const shapes: Readonly<Record<string, Shape>> = {
  nothing: { says: '', statuses: [408] },
  'nothing but line ends': { says: '\r\n', goesOn: '\r\n', statuses: [408] },
  'a request, then nothing': { says: head('GET /'), statuses: [200] },
  'a request whose answer waits, then nothing': { says: head('GET /later'), statuses: [200] },
  'HEAD, then nothing': { says: head('HEAD /'), statuses: [200] },
  'thousands of requests whose answers nobody reads': {
    says: head('GET /large').repeat(2000),
    deaf: true,
    statuses: [200],
  },
  'half a head': { says: 'GET / HTTP/1.1\r\nHost: test\r\n', statuses: [408] },
  'a path that never ends': { says: 'GET /', goesOn: 'a', statuses: [408] },
  'headers that never end': { says: 'GET / HTTP/1.1\r\nHost: test\r\n', goesOn: 'X-A: b\r\n', statuses: [408] },
  'half a body': { says: head('POST /', 'Content-Length: 1000') + 'a', statuses: [200] },
  'a body that never ends': { says: head('POST /', 'Content-Length: 1000'), goesOn: 'b', statuses: [200] },
  'chunks that never end': {
    says: head('POST /', 'Transfer-Encoding: chunked'),
    goesOn: '1\r\nb\r\n',
    statuses: [200],
  },
  'chunks that are none': {
    says: head('POST /', 'Transfer-Encoding: chunked') + 'zz\r\nabc\r\n',
    statuses: [200, 400],
  },
  'a negative length': { says: head('POST /', 'Content-Length: -3') + 'abc', statuses: [400] },
  'a length that is no number': { says: head('POST /', 'Content-Length: 3a') + 'abc', statuses: [400] },
  'a length beyond counting': { says: head('POST /', `Content-Length: ${'9'.repeat(30)}`) + 'abc', statuses: [400] },
  'two lengths': { says: head('POST /', 'Content-Length: 3', 'Content-Length: 5') + 'abcde', statuses: [200, 400] },
  'length and chunks': {
    says: head('POST /', `Content-Length: ${hidden.length + 5}`, 'Transfer-Encoding: chunked') + `0\r\n\r\n${hidden}`,
    statuses: [400],
  },
  'chunks and length': {
    says: head('POST /', 'Transfer-Encoding: chunked', 'Content-Length: 5') + `0\r\n\r\n${hidden}`,
    statuses: [400],
  },
  'a length on GET': { says: head('GET /', `Content-Length: ${hidden.length}`) + hidden, statuses: [200] },
  '64 kB of headers': { says: head('GET /', `X-Long: ${'x'.repeat(65_536)}`), statuses: [200, 431] },
  'a header that grows': { says: 'GET / HTTP/1.1\r\nX-Long: ', goesOn: 'x'.repeat(8192), statuses: [431] },
  '1,000 headers': { says: head('GET /', ...Array<string>(1000).fill('X-A: b')), statuses: [200, 431] },
  'a folded header': { says: head('GET /', 'X-A: b', ' c'), statuses: [200, 400] },
  'a blank before the colon': { says: head('GET /', 'X-A : b'), statuses: [400] },
  'NUL in a header': { says: head('GET /', 'X-A: b\0c'), statuses: [400] },
  'NUL in the path': { says: head('GET /a\0b'), statuses: [200, ...refused] },
  'a blank in the path': { says: head('GET /a b'), statuses: refused },
  'no host': { says: 'GET / HTTP/1.1\r\n\r\n', statuses: [400] },
  'bare line feeds': { says: 'GET / HTTP/1.1\nHost: test\n\n', statuses: refused },
  'an unknown method': { says: head('FOO /'), statuses: [400] },
  'a method in small letters': { says: head('get /'), statuses: [200, 400] },
  'a method and nothing else': { says: 'GET\r\n\r\n', statuses: refused },
  CONNECT: { says: head('CONNECT elsewhere:443'), statuses: [404, 405, ...refused] },
  'OPTIONS *': { says: head('OPTIONS *'), statuses: [200, ...refused] },
  'a target with scheme and host': { says: head('GET http://test/'), statuses: [200, ...refused] },
  'a target without a slash': { says: head('GET films'), statuses: refused },
  'an expectation nobody meets': { says: head('GET /', 'Expect: the-best'), statuses: [200] },
  'an upgrade nobody offers': {
    says: head('GET /', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'),
    statuses: [200],
  },
  'HTTP/0.9': { says: 'GET /\r\n\r\n', statuses: [200, ...refused] },
  'HTTP/1.0': { says: 'GET / HTTP/1.0\r\n\r\n', statuses: [200, 505] },
  'HTTP/2': { says: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', statuses: refused },
  'a version that does not exist': { says: 'GET / HTTP/9.9\r\nHost: test\r\n\r\n', statuses: refused },
  'the hello of TLS': {
    says: bytes('\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03'.padEnd(170, '\x07')),
    statuses: refused,
  },
  zeros: { says: Buffer.alloc(4096), statuses: refused },
  'bytes beyond ASCII': { says: Buffer.alloc(4096, 0xff), statuses: refused },
};
