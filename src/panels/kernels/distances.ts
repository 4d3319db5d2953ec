/**
 * How a head's look is spread over distances: the mean share, over the rows of a map [seq · seq], that goes to what
 * stands so many places away, from −most to most; what is farther away counts at the ends. Sums to 1.
 */
export function sharesByDistance(map: ArrayLike<number>, length: number, most: number): readonly number[] {
  const shares = Array.from({ length: 2 * most + 1 }, () => 0);
  for (let i = 0; i < length; i++)
    for (let j = 0; j < length; j++) {
      const step = Math.max(-most, Math.min(most, j - i));
      shares[step + most] = shares[step + most]! + map[i * length + j]! / length;
    }
  return shares;
}

/** The share that goes at most so far, to either side. */
export const within = (shares: readonly number[], radius: number): number => {
  const most = (shares.length - 1) / 2;
  return shares.slice(most - radius, most + radius + 1).reduce((sum, one) => sum + one, 0);
};
