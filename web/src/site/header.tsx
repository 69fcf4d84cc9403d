/** What this site is, and who is here. */

import { leave, person } from './session.js';

export const Header = () => (
  <>
    <header>
      <a class="name" href="/">
        <img src="/icon.svg" alt="" width="32" height="32" />
        <h1>Simulated film site</h1>
      </a>
      {person.value !== undefined && (
        <p class="who">
          You are user <b>{person.value.user}</b>
          <button type="button" class="plain" onClick={leave}>
            Leave
          </button>
        </p>
      )}
    </header>
    <p class="card simulation">
      <b>Nothing is streamed here.</b> This site is a simulation that shows Matinee at work: nearly all its viewers are
      invented, and a film that you watch is over at once. What you do goes into the same log as what they do, and from
      that log comes your next list.
    </p>
  </>
);
