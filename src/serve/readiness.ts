/** Whether the service should get traffic, and what speaks against it. */

export interface ReadinessCheck {
  readonly name: string;
  readonly ok: boolean;
  /** For people: what is missing, or what is there. */
  readonly detail: string;
  /** Said, but no reason to take traffic away: answers go on from the last good state. */
  readonly advisory?: true;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly ReadinessCheck[];
}

export const readinessOf = (checks: readonly ReadinessCheck[]): Readiness => ({
  ready: checks.every(({ ok, advisory }) => ok || advisory === true),
  checks,
});
