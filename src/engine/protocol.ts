/** What travels between the main thread and the engine's threads; everything large lies in the shared memory. */

import type { MessagePort } from 'node:worker_threads';
import type { ScoredTier } from '../core/channels.js';
import type { ResidenceShape } from './residence.js';

/** What a thread needs to run the kernels on its own account. */
export interface Workbench {
  readonly memory: WebAssembly.Memory;
  readonly slab: number;
  /** Which of an image's sets of seen-bitmaps is this thread's. */
  readonly slabIndex: number;
}

/** Given to every scoring worker once. */
export interface ScoringSetup {
  readonly memory: WebAssembly.Memory;
  /** The folder of the state; each thread opens its own. */
  readonly stateFolder: string;
}

/** Answer what comes through a ring until it is stopped. */
export interface ScoringTask extends Omit<Workbench, 'memory'> {
  /** Its address. */
  readonly ring: number;
  /** Carries no data: the first message says that the worker is ready, each later one that more is done. */
  readonly port: MessagePort;
}

/** One user's answer with the reasons. */
export interface ExplainTask {
  readonly kind: 'explain';
  /** Addresses of the image and of the policy's view of it. */
  readonly model: number;
  readonly view: number;
  readonly policy: string;
  readonly user: number;
}

/** What of a user speaks for a film: a film of the history, or something that a stranger says. */
export const reasonKinds = ['watched', 'named', 'genre', 'decade', 'group', 'popularity'] as const;
export type ReasonKind = (typeof reasonKinds)[number];

export interface Reason {
  readonly kind: ReasonKind;
  /** Of a film that was watched or named, else null. */
  readonly id: string | null;
  /** Of that film; else the genre, decade, group or `popularity` in words. */
  readonly title: string;
  /** What it adds to the score; all that there is, shown or not, sums to the score without bias. */
  readonly contribution: number;
}

export interface ExplainedItem {
  readonly id: string;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
  readonly score: number;
  /** At most 3: the strongest, largest first, popularity behind all else. Empty for a model that is the same for everybody. */
  readonly reasons: readonly Reason[];
}

export interface HistoryItem {
  readonly id: string;
  readonly title: string;
  readonly year: number | null;
  readonly rating: number | null;
  readonly minutes: number | null;
  readonly lastMs: number;
}

export interface Explanation {
  /** Newest first, at most 100. */
  readonly history: readonly HistoryItem[];
  /** Films in the whole history. */
  readonly historyCount: number;
  /** The rung that the engine answers from; null when it has no answer for this user. */
  readonly tier: ScoredTier | null;
  /** Empty without an answer. */
  readonly items: readonly ExplainedItem[];
}

/** Given to the background thread once; it tries out on its workbench what it loaded, and explains answers there. */
export interface BackgroundSetup extends Workbench {
  readonly stateFolder: string;
  readonly modelsFolder: string;
}

/** Build the images of a version, and a view of each for each policy, in a region that the main thread reserved. */
export interface LoadTask {
  readonly kind: 'load';
  readonly version: string;
  /** Number of the catalogue overlay whose rows stand behind the version's, 0 for none. */
  readonly overlay: number;
  readonly region: number;
  readonly shape: ResidenceShape;
  readonly policies: readonly string[];
}

export interface LoadReport {
  /** The model's static list, best first, films of the catalogue only. */
  readonly fallback: readonly string[];
}

/** Rank the catalogue by the number of users who met a film. */
export interface PopularTask {
  readonly kind: 'popular';
  readonly policy: string;
}

export type BackgroundTask = LoadTask | PopularTask | ExplainTask;
