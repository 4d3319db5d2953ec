/** A pair of symbols and how often it stood in the text when this entry was made. */
export interface Entry {
  readonly pair: number;
  readonly count: number;
}

/** A binary heap: `pop` gives an entry that comes before all others. */
export function createHeap(before: (a: Entry, b: Entry) => boolean) {
  const entries: Entry[] = [];

  function push(entry: Entry): void {
    let at = entries.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(entry, entries[parent]!)) break;
      entries[at] = entries[parent]!;
      at = parent;
    }
    entries[at] = entry;
  }

  function pop(): Entry | undefined {
    const top = entries[0];
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= entries.length) break;
      if (child + 1 < entries.length && before(entries[child + 1]!, entries[child]!)) child++;
      if (!before(entries[child]!, last)) break;
      entries[at] = entries[child]!;
      at = child;
    }
    entries[at] = last;
    return top;
  }

  return { push, pop };
}
