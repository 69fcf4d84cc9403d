/** Decides what a user is served by: the arm of an experiment, and with it the model and the policy. One arm today. */

import type { Route } from '../engine/dispatcher.js';

export interface Assignment {
  readonly arm: string;
  readonly route: Route;
}

const control: Assignment = { arm: 'control', route: { pointer: 'current', policy: 'standard' } };

export type Assign = (user: number) => Assignment;

export const assign: Assign = () => control;
