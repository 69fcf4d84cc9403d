/** The user the page shows, kept in the address (`#/42`), so that it can be linked to and gone back to. */

import { signal } from '@preact/signals';

/** As it was typed: whether it is a user id, the server decides. Empty when none was chosen. */
export const user = signal(userInAddress());

addEventListener('hashchange', () => (user.value = userInAddress()));

export const addressOf = (id: string | number): string => `#/${encodeURIComponent(id)}`;

function userInAddress(): string {
  const typed = location.hash.replace(/^#\/?/, '');
  try {
    return decodeURIComponent(typed);
  } catch {
    return typed;
  }
}
