/** What viewers say they like and dislike: one self-image in more than two hundred patterns, some of them misspelt. */

import type { Random } from '../../core/random.js';
import { drawsOf, oneOf } from '../mix.js';
import type { SelfImage } from './self-image.js';
import { misspell } from './spelling.js';
import { broken } from './voices/broken.js';
import { chatty } from './voices/chatty.js';
import { comparing } from './voices/comparing.js';
import { connoisseur } from './voices/connoisseur.js';
import { evenings } from './voices/evenings.js';
import { excited } from './voices/excited.js';
import { formal } from './voices/formal.js';
import { parseFrame, speak, type Frame } from './voices/frame.js';
import { grumpy } from './voices/grumpy.js';
import { hedging } from './voices/hedging.js';
import { plain } from './voices/plain.js';
import { shrugs } from './voices/shrugs.js';
import { createSpeaker } from './voices/speaker.js';
import { telegram } from './voices/telegram.js';
import { texting } from './voices/texting.js';
import type { Voice } from './voices/voice.js';

interface Pattern {
  readonly voice: Voice;
  readonly likes: Frame;
  readonly dislikes: Frame;
}

const voices: readonly Voice[] = [
  ...[plain, telegram, chatty, formal, excited, grumpy],
  ...[broken, texting, comparing, evenings, hedging, connoisseur],
];
const patterns: readonly Pattern[] = voices.flatMap((voice) =>
  voice.patterns.map(([likes, dislikes]) => ({ voice, likes: parseFrame(likes), dislikes: parseFrame(dislikes) })),
);
const shrugFrames = shrugs.map(parseFrame);

/** Patterns are numbered from 0. */
export const patternCount = patterns.length;

const HELD_OUT_SHARE = 0.3;

/** The patterns that no description in a training world may have: what reads descriptions is examined on them. */
export function heldOutPatterns(seed: number): ReadonlySet<number> {
  const draws = drawsOf(seed, 'voice');
  const numbers = patterns.map((_, number) => number);
  const held = Math.round(HELD_OUT_SHARE * patternCount);
  return new Set(Array.from({ length: held }, () => numbers.splice(draws.integer(numbers.length), 1)[0]!));
}

// A careless speller gets between one in twenty and three in ten of the longer words wrong.
const FEWEST_WRONG = 0.05;
const MOST_WRONG = 0.3;

/** @param pattern below `patternCount`; who dislikes no genre shrugs instead of completing it */
export function describeTastes(
  image: SelfImage,
  draws: Random,
  pattern: number,
): { readonly likes: string; readonly dislikes: string } {
  const { voice, likes, dislikes } = patterns[pattern]!;
  const wrong = draws.uniform() < voice.careless ? FEWEST_WRONG + (MOST_WRONG - FEWEST_WRONG) * draws.uniform() : 0;
  const small = draws.uniform() < voice.lowerCase;
  const speaker = createSpeaker(image, draws);
  const write = (frame: Frame): string => {
    const text = speak(frame, speaker);
    const spelt = wrong === 0 ? text : misspell(text, wrong, draws);
    return small ? spelt.toLowerCase() : spelt;
  };
  return {
    likes: write(likes),
    dislikes: write(image.dislikedGenres.length === 0 ? oneOf(draws, shrugFrames) : dislikes),
  };
}
