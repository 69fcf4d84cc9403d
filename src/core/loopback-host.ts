/**
 * Guards a server on the loopback address against DNS rebinding: a web page elsewhere can give its own name this machine's
 * loopback address and would then read the answers, but it cannot change the Host header that the browser sends.
 */

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A host as an authority spells it: lower case, an IPv6 address in brackets. */
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host).toLowerCase();

/** @returns whether a request with this Host header may be answered. Bound to any other address, every host may. */
export function hostGuard(boundHost: string): (hostHeader: string | undefined) => boolean {
  if (!LOOPBACK.test(bracketed(boundHost))) return () => true;
  return (hostHeader = '') => LOOPBACK.test(hostHeader.toLowerCase().replace(/:\d+$/, ''));
}
