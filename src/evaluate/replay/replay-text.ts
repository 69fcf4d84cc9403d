/** A replay in Markdown, and what to do about it. */

import { bounds, markdownTable, signedBounds } from '../markdown.js';
import { signalLine, type Signal } from '../signal/signal.js';
import type { Replay } from './replay.js';

export function replayText(replay: Replay, signal: Signal): string {
  const { events, blocks, allTime, decayed, difference } = replay;
  return [
    `## replay: ${events} interactions in ${blocks} blocks`,
    'Each block of a minute, of 500 at most, is answered from those before it. Intervals are 95 %, bootstrap over stretches of ten blocks.',
    markdownTable(
      ['popularity', 'hr@20', 'less that of all time'],
      [
        ['of all time', bounds(allTime), ''],
        ['that forgets', bounds(decayed), signedBounds(difference)],
      ],
    ),
    adviceText(replay),
    `The log: ${signalLine(signal)}.`,
  ].join('\n\n');
}

/** In a sentence. */
export function adviceText({ halfLife, difference }: Replay): string {
  if (halfLife === null) return 'To forget nothing served best.';
  const best = `A half-life of ${halfLife} interactions served best at the end`;
  if (difference.low <= 0) return `${best}, but what it gains may be chance.`;
  return `${best}, surely better than to forget nothing: \`matinee train --model popularity --half-life-events ${halfLife}\`.`;
}
