/** Why the service is not ready, while it is not. */

import { readiness } from './service.js';

export function Missing() {
  const missing = readiness.value?.checks.filter(({ ok }) => !ok) ?? [];
  if (missing.length === 0) return null;
  return (
    <ul class="card missing" role="alert">
      {missing.map(({ name, detail }) => (
        <li key={name}>
          <b>{name}</b> {detail}
        </li>
      ))}
    </ul>
  );
}
