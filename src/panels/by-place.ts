/**
 * The best possible loss at each place of a segment of 32 tokens, in nats: means over 604 segments of the held-out
 * stories, for who has kept nothing of what stood before a segment and for who has kept all of its story. Exact sums;
 * the tests work them out again.
 */
export const lossByPlace = {
  segments: 604,
  nothing: [
    0.962, 0.784, 0.801, 0.641, 0.715, 0.584, 0.708, 0.658, 0.629, 0.642, 0.586, 0.603, 0.564, 0.495, 0.406, 0.474,
    0.42, 0.398, 0.453, 0.397, 0.408, 0.4, 0.381, 0.404, 0.349, 0.505, 0.457, 0.357, 0.329, 0.362, 0.401, 0.36,
  ],
  all: [
    0.362, 0.4, 0.451, 0.384, 0.442, 0.341, 0.458, 0.417, 0.426, 0.386, 0.39, 0.378, 0.418, 0.421, 0.317, 0.395, 0.371,
    0.342, 0.418, 0.366, 0.361, 0.338, 0.311, 0.327, 0.304, 0.418, 0.349, 0.28, 0.277, 0.265, 0.326, 0.282,
  ],
} as const;
