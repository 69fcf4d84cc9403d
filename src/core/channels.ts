/**
 * What the product tells whoever watches: typed diagnostics channels. The rooms publish, `observe` subscribes; without a
 * subscriber a publication costs next to nothing. No message may be kept: its fields are only valid during the call.
 */

import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { MatineeError } from './errors.js';

/** Which rung of the ladder answered. */
export type Tier = 'personal' | 'cold' | 'popular' | 'static';

/** The rungs that the engine answers from. */
export type ScoredTier = Extract<Tier, 'personal' | 'cold'>;

/** Why the engine had no answer. */
export type Miss = 'no-history' | 'unsolved' | 'no-model' | 'overloaded' | 'deadline' | 'worker-died' | 'invalid-id';

export interface AnswerEvent {
  readonly tier: Tier;
  readonly code: number;
  readonly model: string;
  readonly arm: string;
  /** Undefined for an answer that the engine gave. */
  readonly miss: Miss | undefined;
  readonly seconds: number;
}

export interface SwapEvent {
  readonly result: 'loaded' | 'refused';
  readonly pointer: string;
  readonly version: string;
  /** Number of the catalogue overlay, 0 for none. */
  readonly overlay: number;
  readonly seconds: number;
  readonly error?: MatineeError;
  /** What a loaded version cannot do, in words. */
  readonly lacks?: string;
}

export interface WorkerEvent {
  readonly error: unknown;
  /** Requests that the next rung answered instead. */
  readonly requests: number;
}

/** One request to a look-up API of the customer's. */
export interface UpstreamEvent {
  readonly api: 'film' | 'user';
  /** The HTTP status, or why there was no answer that could be read, e.g. `timeout`. */
  readonly code: string;
}

/** What happens to the reading of the site's log. */
export type IngestNews =
  | { readonly kind: 'fault'; readonly code: string; readonly message: string; readonly hint: string | undefined }
  | { readonly kind: 'recovered' }
  /** The lines [from, to) of a partition were gone before they were read. */
  | { readonly kind: 'gap'; readonly partition: number; readonly from: number; readonly to: number };

interface Topic<Message> {
  publish(message: Message): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (message: Message) => void): () => void;
}

function topic<Message>(name: string): Topic<Message> {
  const fullName = `matinee:${name}`;
  const underlying = channel(fullName);
  return {
    publish: (message) => {
      if (underlying.hasSubscribers) underlying.publish(message);
    },
    subscribe: (listener) => {
      const receive = (message: unknown): void => {
        listener(message as Message);
      };
      subscribe(fullName, receive);
      return () => unsubscribe(fullName, receive);
    },
  };
}

export const answers = topic<AnswerEvent>('answer');
export const swaps = topic<SwapEvent>('swap');
export const workerDeaths = topic<WorkerEvent>('worker-death');
export const ingestNews = topic<IngestNews>('ingest');
export const upstream = topic<UpstreamEvent>('upstream');
