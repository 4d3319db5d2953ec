/** What was chosen at a turn before: its index, −1 if it is there no more. */
export type Turns = ReadonlyMap<number, number>;

/**
 * The first `count` of a random order, but what is held stays at its turn. What is new takes none that is held, unless
 * all are chosen: then it may be any, and whoever loses its turn takes one that is left.
 */
export function choose(order: readonly number[], count: number, held: Turns): number[] {
  const chosen: number[] = [];
  const spoken = new Set(held.values());
  for (let turn = 0; turn < count; turn++) {
    const old = held.get(turn);
    const open = order.filter((k) => !chosen.includes(k));
    const unspoken = open.filter((k) => !spoken.has(k));
    const isAny = unspoken.length === 0 || (old === undefined && count === order.length);
    chosen.push(old !== undefined && open.includes(old) ? old : isAny ? open[0]! : unspoken[0]!);
  }
  return chosen;
}
