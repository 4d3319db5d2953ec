/** The sizes of a layer's mixed attention. */
export interface Mix {
  /** Heads that are left, each with a kernel beside it. */
  readonly heads: number;
  /** Numbers of all heads together: one half of the width; the other is the convolution's. */
  readonly all: number;
  /** Tokens that a kernel spans. */
  readonly span: number;
  /** Parts of the feed-forward maps. */
  readonly groups: number;
}

/** The largest whole number up to `most`, but at least 1, of which all `wholes` are multiples. */
function sharing(most: number, ...wholes: readonly number[]): number {
  for (let n = most; n > 1; n--) if (wholes.every((whole) => whole % n === 0)) return n;
  return 1;
}

/** What both networks have in common. */
interface Cut {
  readonly headRatio: number;
  readonly reach: number;
  readonly groups: number;
}
interface Widths {
  readonly hidden: number;
  readonly heads: number;
  readonly inner: number;
}

/**
 * What a network's layers are cut into; where heads do not share out its width, or groups the widths of both networks,
 * the next smaller number that does. Jiang et al. 2020, §3.2, §4.1, and the sizes of the reference.
 */
export function mixOf(
  { headRatio, reach, groups, generator, discriminator }: Cut & { generator: Widths; discriminator: Widths },
  { hidden, heads }: Widths,
): Mix {
  return {
    heads: sharing(Math.floor(heads / headRatio), hidden / 2),
    all: hidden / 2,
    span: 2 * reach + 1,
    groups: sharing(groups, ...[generator, discriminator].flatMap((one) => [one.hidden, one.inner])),
  };
}
