/** Progress of long work, as data: the work reports, the edge decides how to show it. */

export interface Progress {
  /** What is being done, e.g. `import ratings.csv`. */
  readonly task: string;
  readonly done: number;
  /** Unknown for streams. */
  readonly total?: number;
  /** One short remark, e.g. `loss 0.0123`. */
  readonly note?: string;
}

export type OnProgress = (progress: Progress) => void;
