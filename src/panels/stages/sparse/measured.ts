/**
 * Bits that stored runs of the lesson on sparse attention pay for the ending's words, a run a seed, by what they read.
 * `near`: the opening's words stand in the first block; `far`: in the second. A test holds them against the results.
 */
export const measured = {
  /** Who does not know the opening pays so much at best. */
  least: 5.17,
  near: {
    'its neighbours': [5.66, 5.69, 5.57],
    'its neighbours, the first and the last': [1.87, 3.18, 3.24],
    'its neighbours and a random one': [5.79, 5.76, 5.74],
  },
  far: {
    'every block': [0.04, 0.12, 0.59],
    'its neighbours': [5.23, 5.25, 5.21],
    'its neighbours, the first and the last': [5.22, 2.63, 5.27],
  },
} as const;
