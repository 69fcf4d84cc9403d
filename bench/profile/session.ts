/** One session of the DevTools protocol: commands go out with a number, their answers come back by it. */

export interface Session {
  /** Undefined when the session has ended. */
  send(method: string, params?: object): Promise<unknown>;
  /** A message of the other side. */
  receive(message: string): void;
  /** No answer will come any more. */
  end(): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export function openSession(
  transmit: (message: string) => void,
  event: (method: string, params: unknown) => void = () => undefined,
): Session {
  const waiting = new Map<number, (answer: Message) => void>();
  let last = 0;
  let ended = false;
  return {
    send(method, params = {}) {
      if (ended) return Promise.resolve(undefined);
      const id = ++last;
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ result, error }) => {
          if (error === undefined) resolve(result);
          else reject(new Error(`${method}: ${error.message}`));
        });
        transmit(JSON.stringify({ id, method, params }));
      });
    },
    receive(text) {
      const message = JSON.parse(text) as Message;
      if (message.id === undefined) event(message.method!, message.params);
      else waiting.get(message.id)?.(message);
      waiting.delete(message.id ?? 0);
    },
    end() {
      ended = true;
      for (const settle of waiting.values()) settle({});
      waiting.clear();
    },
  };
}
