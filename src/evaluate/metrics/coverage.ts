/** Catalogue coverage: the share of the model's items that at least one list shows. */

export function coverage(lists: readonly Int32Array[], items: number): number {
  const shown = new Set<number>();
  for (const list of lists) for (const item of list) shown.add(item);
  return shown.size / items;
}
