/** The operators' side: page, metrics and API on node:http, meant for the loopback address. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fail, succeed, type Result } from '../core/errors.js';
import { hostGuard } from '../core/loopback-host.js';
import { readPage } from '../core/web-files.js';
import { createAdminHandler } from './admin-handler.js';
import type { AdminSources } from './admin-sources.js';
import { IDLE_SECONDS } from './transport.js';

export interface AdminServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The built page; read once, when the server starts. */
  readonly pageFolder: string;
  readonly sources: AdminSources;
}

export interface AdminServer {
  readonly port: number;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Errors: address-in-use. */
export function startAdminServer({
  host,
  port,
  pageFolder,
  sources,
}: AdminServerOptions): Promise<Result<AdminServer>> {
  const handler = createAdminHandler(sources, readPage(pageFolder, 'index.html'), hostGuard(host));
  const server = createServer({ headersTimeout: IDLE_SECONDS * 1000, requestTimeout: IDLE_SECONDS * 1000 }, handler);
  return new Promise((resolve) => {
    server.once('error', (cause) => {
      resolve(
        fail('address-in-use', `cannot listen on ${host}:${port}: ${cause.message}`, {
          hint: 'Another process listens there, or the address is not of this machine: choose with --admin-host and --admin-port.',
          fields: { host, port },
          cause,
        }),
      );
    });
    server.listen(port, host, () => {
      resolve(succeed({ port: (server.address() as AddressInfo).port, close: () => close(server) }));
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    // Kept-alive connections of a browser would hold the server open for ever.
    server.closeAllConnections();
  });
}
