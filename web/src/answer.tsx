/** Below the form: an invitation, a problem in words, or the two columns. */

import { History } from './history.js';
import { answer, asking } from './lookup.js';
import { Recommended } from './recommended.js';

export const Answer = () => (
  <div class={asking.value ? 'answer asking' : 'answer'} aria-live="polite" aria-busy={asking.value}>
    <Content />
  </div>
);

function Content() {
  const asked = answer.value;
  if (asked === undefined) {
    return <p class="card note">Choose a user to see what they watched, and what Matinee makes of it.</p>;
  }
  if (!asked.ok) {
    return (
      <p class="card note problem" role="alert">
        <b>{asked.problem.message}</b> {asked.problem.hint}
      </p>
    );
  }
  return (
    <div class="columns">
      <History {...asked.value} />
      <Recommended {...asked.value} />
    </div>
  );
}
