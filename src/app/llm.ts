/** Composition of the language model that reads self-descriptions: its endpoint, its budget, and what is kept of its answers. */

import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import { ASKING_MAX } from '../ingest/profile/model-readings.js';
import { createBudget } from '../text/llm/budget.js';
import { createChatClient } from '../text/llm/chat-client.js';
import { createLlmReader, type LlmReader } from '../text/llm/llm-reader.js';
import { openLlmStore } from '../text/llm/llm-store.js';
import { llmFolderOf } from './folders.js';

export interface OpenLlm {
  readonly name: string;
  readonly reader: LlmReader;
  /** Ends the questions in flight. */
  close(): Promise<void>;
}

/** Questions that may wait for their turn. */
const WAITING_MAX = 100;

/** Undefined when none is configured. Errors: file-unreadable, storage-failed. */
export function openLlm(config: Config): Result<OpenLlm | undefined> {
  const { llmUrl: url, llmKey: key, llmModel, llmTimeoutMs: timeoutMs } = config;
  if (url === undefined) return succeed(undefined);
  // A configuration with a URL has all the rest.
  const [name, inputUsd, outputUsd, dailyUsd] = [
    llmModel!,
    config.llmInputUsd!,
    config.llmOutputUsd!,
    config.llmDailyUsd!,
  ];
  const opened = openLlmStore(llmFolderOf(config));
  if (!opened.ok) return opened;
  const store = opened.value;
  const reader = createLlmReader({
    chat: createChatClient({ url, key, model: name, timeoutMs }),
    budget: createBudget({ spending: store.spending, dailyUsd, inputUsd, outputUsd, now: Date.now }),
    ...{ store, askingMax: ASKING_MAX, waitingMax: WAITING_MAX },
  });
  return succeed({
    ...{ name, reader },
    close: async () => {
      await reader.close();
      await store.close();
    },
  });
}
