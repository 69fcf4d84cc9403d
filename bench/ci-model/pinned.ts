/** Pinned quality: what figures must be reached, and whether they are. */

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Comparison } from '../../src/evaluate/comparison.js';
import { figure } from '../../src/evaluate/markdown.js';
import type { SiteProtocol } from '../../src/evaluate/protocols/cuts-by.js';

const pinSchema = z.strictObject({
  protocol: z.string(),
  model: z.string(),
  metric: z.string(),
  /** As it was measured when it was pinned. */
  value: z.number(),
  /** True of rules that learn no parameters: when they get better, it is the yardstick that has changed. */
  fixed: z.boolean().exactOptional(),
});

const pinnedSchema = z.strictObject({
  /** How far a figure may fall before the check fails; a fixed one may not move in any digit that is pinned. */
  margin: z.number().min(0),
  /** Why so far. */
  why: z.string(),
  pins: z.array(pinSchema).min(1),
});

type Pin = z.infer<typeof pinSchema>;
export type Pinned = z.infer<typeof pinnedSchema>;

export const readPinned = (path: string): Pinned => pinnedSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

export interface Judged extends Pin {
  /** Undefined when nobody measured it. */
  readonly measured: number | undefined;
  readonly passed: boolean;
}

export function judge(comparisons: readonly Comparison[], { pins, margin }: Pinned): Judged[] {
  return pins.map((pin) => {
    const measured = comparisons
      .find(({ protocol }) => protocol === pin.protocol)
      ?.figures.models.find(({ model }) => model === pin.model)?.metrics[pin.metric]?.value;
    return { ...pin, measured, passed: measured !== undefined && holds(pin, measured, margin) };
  });
}

const holds = ({ value, fixed }: Pin, measured: number, margin: number): boolean =>
  fixed === true ? figure(measured) === figure(value) : measured >= value - margin;

export const protocolsOf = ({ pins }: Pinned): SiteProtocol[] => [
  ...new Set(pins.map(({ protocol }) => protocol as SiteProtocol)),
];
