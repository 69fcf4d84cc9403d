/**
 * The native transport: uWebSockets.js.
 *
 * It answers pipelined requests in order as long as each is answered at once. When one arrives while another waits for its
 * answer, the library closes the connection.
 */

import { METHODS } from 'node:http';
import type { HttpRequest, HttpResponse } from 'uWebSockets.js';
import { succeed } from '../core/errors.js';
import { cannotListen, STATUS_LINE } from './transport.js';
import type { Exchange, Handler, Listen, Reply, ServerLife } from './transport.js';
import { EXCLUSIVE_PORT, loadNative } from './uws-native.js';

/** The library gives them in lower case. */
const METHOD_OF: ReadonlyMap<string, string> = new Map(METHODS.map((method) => [method.toLowerCase(), method]));

class UwsExchange implements Exchange {
  readonly #response: HttpResponse;
  readonly #head: boolean;
  readonly #life: ServerLife;
  #open = true;

  constructor(response: HttpResponse, head: boolean, life: ServerLife) {
    this.#response = response;
    this.#head = head;
    this.#life = life;
    // At once: a response without it may not outlive the handler.
    response.onAborted(() => (this.#open = false));
  }

  send(reply: Reply): void {
    if (!this.#open) return;
    this.#open = false;
    this.#response.cork(() => {
      this.#write(reply);
    });
  }

  #write({ status, contentType, headers, body }: Reply): void {
    const response = this.#response;
    const bytes = Buffer.byteLength(body);
    // All headers in one call: each crossing into the library costs as much as the bytes it carries.
    let values = contentType;
    for (let i = 0; i < headers.length; i += 2) values += `\r\n${headers[i]!}: ${headers[i + 1]!}`;
    response.writeStatus(STATUS_LINE[status]).writeHeader('Content-Type', values);
    // Told the length, older builds would wait for the body, and serve nothing else on this connection.
    if (this.#head) response.writeHeader('Content-Length', String(bytes)).endWithoutBody();
    else if (!this.#life.accepting) response.end(body, true);
    // Answers that a client asks for and does not read would pile up in memory without end.
    else if (!response.tryEnd(body, bytes)[0]) response.close();
  }
}

export const listenUws: Listen = (host, port, handler) => {
  const native = loadNative();
  if (!native.ok) return Promise.resolve(native);
  const uws = native.value;
  const app = uws.App();
  const life: ServerLife = { accepting: true };
  app.any('/*', (response: HttpResponse, request: HttpRequest) => {
    answer(handler, response, request, life);
  });

  return new Promise((resolve) => {
    app.listen(host, port, EXCLUSIVE_PORT, (socket) => {
      if (socket === false) {
        resolve(cannotListen(host, port));
        return;
      }
      const stopAccepting = (): void => {
        if (life.accepting) uws.us_listen_socket_close(socket);
        life.accepting = false;
      };
      resolve(
        succeed({
          transport: 'uws',
          port: uws.us_socket_local_port(socket),
          stopAccepting,
          close: () => {
            stopAccepting();
            app.close();
            return Promise.resolve();
          },
        }),
      );
    });
  });
};

function answer(handler: Handler, response: HttpResponse, request: HttpRequest, life: ServerLife): void {
  // The request is only valid during this call.
  const method = METHOD_OF.get(request.getMethod());
  // Older builds close by themselves; newer ones would pass on any word.
  if (method === undefined) response.close();
  else handler(method, request.getUrl(), new UwsExchange(response, method === 'HEAD', life));
}
