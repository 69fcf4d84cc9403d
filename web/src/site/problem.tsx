/** What was refused or failed last, in words. */

import { problem } from './api.js';

export function Problem() {
  const refusal = problem.value;
  if (refusal === undefined) return null;
  return (
    <p class="card problem" role="alert">
      <b>{refusal.message}</b> {refusal.hint}
    </p>
  );
}
