/** Shows progress of work longer than two seconds: one rewritten line for a person, a line now and then for a log. */

import type { OnProgress, Progress } from '../core/progress.js';
import type { Io } from './io.js';

const silenceMs = 2_000;
const logEveryMs = 2_000;
const rewriteEveryMs = 100;
const eraseLine = '\r\x1b[K';

export interface ProgressView {
  readonly onProgress: OnProgress;
  /** Takes the rewritten line away, so that what is printed next starts on a clean one. */
  readonly end: () => void;
}

/** `now` is in milliseconds. */
export function progressView(io: Io, now: () => number = () => performance.now()): ProgressView {
  let nextMs = now() + silenceMs;
  let lineShown = false;
  return {
    onProgress: (progress) => {
      if (now() < nextMs) return;
      nextMs = now() + (io.isTty ? rewriteEveryMs : logEveryMs);
      lineShown = io.isTty;
      io.stderr.write(io.isTty ? `${eraseLine}${describe(progress)}` : `${describe(progress)}\n`);
    },
    end: () => {
      if (lineShown) io.stderr.write(eraseLine);
      lineShown = false;
    },
  };
}

function describe({ task, done, total, note }: Progress): string {
  const share = total === undefined || total === 0 ? '' : ` of ${total} (${Math.floor((100 * done) / total)} %)`;
  return `${task}: ${done}${share}${note === undefined ? '' : `, ${note}`}`;
}
