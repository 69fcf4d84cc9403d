/** The native transport: uWebSockets.js. */

import type { HttpRequest, HttpResponse } from 'uWebSockets.js';
import { fail, succeed } from '../core/errors.js';
import { STATUS_LINE, type Exchange, type Handler, type Listen, type Reply } from './transport.js';
import { EXCLUSIVE_PORT, loadNative } from './uws-native.js';

class UwsExchange implements Exchange {
  readonly #response: HttpResponse;
  readonly #head: boolean;
  #open = true;

  constructor(response: HttpResponse, head: boolean) {
    this.#response = response;
    this.#head = head;
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
    response.writeStatus(STATUS_LINE[status]).writeHeader('Content-Type', contentType);
    for (let i = 0; i < headers.length; i += 2) response.writeHeader(headers[i]!, headers[i + 1]!);
    if (this.#head) response.endWithoutBody(Buffer.byteLength(body));
    else response.end(body);
  }
}

export const listenUws: Listen = (host, port, handler) => {
  const native = loadNative();
  if (!native.ok) return Promise.resolve(native);
  const uws = native.value;
  const app = uws.App();
  app.any('/*', (response: HttpResponse, request: HttpRequest) => {
    answer(handler, response, request);
  });

  return new Promise((resolve) => {
    app.listen(host, port, EXCLUSIVE_PORT, (socket) => {
      if (socket === false) {
        resolve(
          fail('address-in-use', `cannot listen on ${host}:${port}`, {
            hint: 'Another process listens there, or the address is not of this machine: choose with --host and --port.',
            fields: { host, port },
          }),
        );
        return;
      }
      let accepting = true;
      const stopAccepting = (): void => {
        if (accepting) uws.us_listen_socket_close(socket);
        accepting = false;
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

function answer(handler: Handler, response: HttpResponse, request: HttpRequest): void {
  // The request is only valid during this call.
  const method = request.getMethod().toUpperCase();
  handler(method, request.getUrl(), new UwsExchange(response, method === 'HEAD'));
}
