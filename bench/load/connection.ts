/** One keep-alive HTTP/1.1 connection with one request under way at a time, over a bare socket. */

import { connect, type Socket } from 'node:net';

export interface Answered {
  readonly ok: boolean;
  readonly personal: boolean;
}

export interface Connection {
  /** Only when nothing is under way. */
  send(request: string, answered: (answer: Answered) => void): void;
  close(): void;
}

const FAILED: Answered = { ok: false, personal: false };
const HEAD_END = '\r\n\r\n';

/** Resolves when connected. A connection that breaks fails what is under way and everything after. */
export function openConnection(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    socket.setEncoding('latin1');
    socket.once('error', reject);
    socket.once('connect', () => {
      resolve(connectionOver(socket));
    });
  });
}

function connectionOver(socket: Socket): Connection {
  let waiting: ((answer: Answered) => void) | undefined;
  let received = '';

  const settle = (answer: Answered): void => {
    const settled = waiting;
    waiting = undefined;
    received = '';
    settled?.(answer);
  };
  socket.on('data', (text: string) => {
    received = received === '' ? text : received + text;
    const head = received.indexOf(HEAD_END);
    if (head < 0) return;
    // Either spelling: uWebSockets.js and node:http differ in it.
    const length = /content-length: *(\d+)/i.exec(received.slice(0, head + 2));
    if (length === null || received.length < head + HEAD_END.length + Number(length[1])) return;
    settle({ ok: received.startsWith('HTTP/1.1 200'), personal: received.lastIndexOf('X-Tier: personal', head) > 0 });
  });
  const broken = (): void => {
    settle(FAILED);
  };
  socket.on('error', broken).on('close', broken);

  return {
    send: (request, answered) => {
      if (socket.destroyed) return answered(FAILED);
      waiting = answered;
      socket.write(request, 'latin1');
    },
    close: () => {
      waiting = undefined;
      socket.destroy();
    },
  };
}
