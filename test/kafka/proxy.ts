/** Stands between clients and a broker, and can stop answering on those connections that fetch, without closing them. */

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const fetchKey = 1;

export class FetchProxy {
  readonly #server: Server;
  readonly #fetching = new Set<Socket>();
  readonly #open = new Set<Socket>();
  target = 0;

  private constructor() {
    this.#server = createServer((client) => this.#forward(client));
  }

  static listen(): Promise<FetchProxy> {
    const proxy = new FetchProxy();
    return new Promise((resolve) => proxy.#server.listen(0, '127.0.0.1', () => resolve(proxy)));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The connections that have fetched so far get no byte more; new ones do. How many there were. */
  freeze(): number {
    for (const broker of this.#fetching) broker.pause();
    const count = this.#fetching.size;
    this.#fetching.clear();
    return count;
  }

  close(): void {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
  }

  #forward(client: Socket): void {
    const broker = connect(this.target, '127.0.0.1');
    for (const [from, to] of [
      [client, broker],
      [broker, client],
    ] as const) {
      // prettier-ignore
      this.#open.add(from);
      from.on('data', (bytes) => to.write(bytes));
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
    // A request is its length (4 bytes), its key (2 bytes), …; the small ones of a client arrive whole.
    client.on('data', (bytes) => {
      if (bytes.length > 6 && bytes.readInt16BE(4) === fetchKey) this.#fetching.add(broker);
    });
  }
}
