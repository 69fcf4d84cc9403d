/** A chat endpoint on a free port: it speaks the protocol, and answers as a test says. */

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly hasSchema: boolean;
}

/** The answer's JSON, or nothing when it wrote, or will write, to the response itself. */
export type Reply = (asked: Asked, response: ServerResponse) => object | null | undefined;

export interface ChatServer {
  /** The base URL. */
  readonly url: string;
  readonly asked: Asked[];
  /** Most requests in flight at once. */
  inFlightMost(): number;
  close(): Promise<void>;
}

export async function startChat(reply: Reply): Promise<ChatServer> {
  const asked: Asked[] = [];
  let [inFlight, inFlightMost] = [0, 0];
  const server = createServer((request, response) => {
    inFlightMost = Math.max(inFlightMost, ++inFlight);
    response.on('close', () => inFlight--);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { model, messages, response_format } = JSON.parse(body) as Pick<Asked, 'model' | 'messages'> & {
        readonly response_format?: object;
      };
      const question: Asked = {
        ...{ path: request.url!, headers: request.headers, body, model, messages },
        hasSchema: response_format !== undefined,
      };
      asked.push(question);
      const answer = reply(question, response);
      if (answer) response.end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    inFlightMost: () => inFlightMost,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A completion that says `content`, and what it cost. */
export const completion = (content: unknown) => ({
  id: 'chat-1',
  choices: [
    {
      finish_reason: 'stop',
      message: { role: 'assistant', content: typeof content === 'string' ? content : JSON.stringify(content) },
    },
  ],
  usage: { prompt_tokens: 700, completion_tokens: 60 },
});

/** The description as the endpoint's model gets to see it. */
export const toldIn = ({ messages }: Asked): { readonly likes: string; readonly dislikes: string } =>
  JSON.parse(messages.at(-1)!.content) as { likes: string; dislikes: string };
