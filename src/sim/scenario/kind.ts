/** What a fault or an attack is: a name, parameters, and what it does to the site while it lasts. */

import type { z } from 'zod';
import type { Random } from '../../core/random.js';
import type { Settings, Stage } from './stage.js';

/**
 * What a kind does is a function of its parameters and the time, without memory: a run that goes on in the middle of an act
 * goes on with it.
 */
export interface Kind<S extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly parameters: S;
  /** Parameters that are worth showing. */
  readonly example: z.input<S>;
  /** What is set while it waits for its time, where that differs from a calm day. */
  before?(settings: Settings, parameters: z.output<S>): void;
  /** What is set while it lasts. Called each second on what is set without it: nothing has to be put back. */
  set?(settings: Settings, parameters: z.output<S>, elapsed: number): void;
  /** What it does in a second. */
  act?(stage: Stage, parameters: z.output<S>, moment: Moment): void;
}

/** One second of an act. */
export interface Moment {
  /** World seconds since the act began: 0 in its first. */
  readonly elapsed: number;
  /** Random numbers of this second. */
  readonly draws: Random;
  /** Random numbers of one thing of the act, the same in all its seconds. */
  drawsOf(thing: number): Random;
  /** The user id of the act's own account 0, 1, … */
  account(index: number): number;
}

/** Ties the parameters of the functions to the schema. */
export const kind = <S extends z.ZodObject>(definition: Kind<S>): Kind<S> => definition;

/** Numbers of what happens in second `elapsed` when `count` things, from number 0 on, are spread evenly over `seconds`. */
export function due(count: number, seconds: number, elapsed: number): number[] {
  const first = Math.floor((count * elapsed) / seconds);
  const end = Math.floor((count * (elapsed + 1)) / seconds);
  return Array.from({ length: end - first }, (_, i) => first + i);
}

/** How far a change is that takes `over` seconds: 0 … 1. */
export const progress = (elapsed: number, over: number): number => (over === 0 ? 1 : Math.min(1, elapsed / over));
