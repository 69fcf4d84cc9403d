/** A reader with an endpoint, a store and a budget of its own, as a service would put them together. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwrap } from '../../../src/core/errors.js';
import { createBudget, type Budget } from '../../../src/text/llm/budget.js';
import { createChatClient } from '../../../src/text/llm/chat-client.js';
import type { LlmResult } from '../../../src/text/llm/failure.js';
import { createLlmReader, type LlmReader } from '../../../src/text/llm/llm-reader.js';
import { openLlmStore, type LlmStore } from '../../../src/text/llm/llm-store.js';
import { startChat, type ChatServer, type Reply } from './chat-server.js';

export const KEY = 'sk-a-very-secret-key-4711';

export interface Setup {
  readonly server: ChatServer;
  readonly reader: LlmReader;
  readonly budget: Budget;
  readonly store: LlmStore;
  readonly folder: string;
  close(): Promise<void>;
}

export interface Limits {
  readonly dailyUsd?: number;
  readonly askingMax?: number;
  readonly waitingMax?: number;
  readonly model?: string;
  readonly folder?: string;
}

export async function setUp(reply: Reply, limits: Limits = {}): Promise<Setup> {
  const { dailyUsd = 1, askingMax = 2, waitingMax = 100, model = 'tiny' } = limits;
  const server = await startChat(reply);
  const folder = limits.folder ?? mkdtempSync(join(tmpdir(), 'matinee-'));
  const store = unwrap(openLlmStore(folder));
  const budget = createBudget({ spending: store.spending, dailyUsd, inputUsd: 1, outputUsd: 2, now: Date.now });
  const chat = createChatClient({ url: server.url, key: KEY, model, timeoutMs: 2_000 });
  const reader = createLlmReader({ chat, budget, store, askingMax, waitingMax });
  return {
    ...{ server, reader, budget, store, folder },
    close: async () => {
      await reader.close();
      await store.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function valueOf<T>(result: LlmResult<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.failure.code}: ${result.failure.detail}`);
}

export const codeOf = (result: LlmResult<unknown>): string => (result.ok ? 'ok' : result.failure.code);

/** With what is set aside. */
export const spentTodayUsd = ({ spending }: LlmStore): number =>
  spending.of(new Date().toISOString().slice(0, 10)) / 1e9;
