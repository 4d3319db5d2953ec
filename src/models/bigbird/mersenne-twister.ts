/** Numbers in the state, and how far ahead the one lies that is mixed in. */
const size = 624;
const ahead = 397;

/** Whole numbers of 32 bits, one after the other. */
export type Draw = () => number;

/**
 * The generator MT19937, seeded by one number, as numpy's `RandomState(seed)` draws. Matsumoto & Nishimura 1998, with
 * the seeding of their later code (2002).
 */
export function mersenneTwister(seed: number): Draw {
  const state = new Uint32Array(size);
  state[0] = seed;
  for (let i = 1; i < size; i++) {
    const last = state[i - 1]!;
    state[i] = Math.imul(last ^ (last >>> 30), 1812433253) + i;
  }
  let next = size;

  function twist() {
    for (let i = 0; i < size; i++) {
      const joined = (state[i]! & 0x80000000) | (state[(i + 1) % size]! & 0x7fffffff);
      state[i] = state[(i + ahead) % size]! ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
    }
    next = 0;
  }

  return () => {
    if (next === size) twist();
    let y = state[next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

/** A whole number from 0 to `most`: as many bits as it has, drawn again while they say more. */
function upTo(most: number, draw: Draw): number {
  const mask = most === 0 ? 0 : 2 ** (32 - Math.clz32(most)) - 1;
  for (;;) {
    const value = most === 0 ? 0 : (draw() & mask) >>> 0;
    if (value <= most) return value;
  }
}

/** The things in a random order, as numpy's `RandomState.permutation` has them: Fisher and Yates, from the end down. */
export function permuted<T>(things: readonly T[], draw: Draw): T[] {
  const order = [...things];
  for (let i = order.length - 1; i > 0; i--) {
    const j = upTo(i, draw);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
