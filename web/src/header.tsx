/** The name, and what runs behind it: the model that serves, for how long, and whether it takes traffic. */

import { formatDuration } from './format.js';
import { live, readiness, version } from './service.js';

export function Header() {
  return (
    <header>
      <a class="name" href="#/">
        <img src="/icon.svg" alt="" width="32" height="32" />
        <h1>Matinee</h1>
      </a>
      <dl class="facts">
        <div>
          <dt>Model</dt>
          <dd>{version.value?.model ?? 'none'}</dd>
        </div>
        <div>
          <dt>Up</dt>
          <dd>{live.value === undefined ? '–' : formatDuration(live.value.uptimeSeconds)}</dd>
        </div>
      </dl>
      <Status />
    </header>
  );
}

function Status() {
  const state = readiness.value === undefined ? 'unreachable' : readiness.value.ready ? 'ready' : 'not ready';
  return (
    <p class={state === 'ready' ? 'status good' : 'status'} role="status">
      <span class="dot" />
      {state}
    </p>
  );
}
