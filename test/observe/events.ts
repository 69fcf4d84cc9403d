/** Events as the serving rooms publish them, for the tests of what watches. */

import type { AnswerEvent } from '../../src/core/channels.js';

export const answerEvent = (changes: Partial<AnswerEvent> = {}): AnswerEvent => ({
  tier: 'personal',
  code: 200,
  model: 'ials-1',
  arm: 'control',
  miss: undefined,
  seconds: 0.003,
  ...changes,
});
