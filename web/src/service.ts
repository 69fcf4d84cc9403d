/** What the page knows of the running service, asked again and again while somebody looks. */

import { signal, type Signal } from '@preact/signals';
import type { ExampleUsers, LiveSnapshot, VersionInfo } from '../../src/serve/admin-answers.js';
import type { Readiness } from '../../src/serve/readiness.js';
import { ask } from './api.js';

/** Undefined until the first answer, and while the server does not answer. */
export const live = signal<LiveSnapshot>();
export const version = signal<VersionInfo>();
export const readiness = signal<Readiness>();
export const examples = signal<ExampleUsers>();

export function followService(): void {
  follow('/api/live', live, 1000);
  follow('/version', version, 2000);
  follow('/readyz', readiness, 2000);
  follow('/api/users', examples, 60_000);
}

function follow<T extends object>(path: string, into: Signal<T | undefined>, everyMs: number): void {
  const again = async (): Promise<void> => {
    if (!document.hidden) {
      const asked = await ask<T>(path);
      into.value = asked.ok ? asked.value : undefined;
    }
    setTimeout(() => void again(), everyMs);
  };
  void again();
}
