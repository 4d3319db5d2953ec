/**
 * What `npm run bench -- --lengths` measured: least milliseconds of a training step of BigBird, and of attention alone
 * (value and gradient, one layer), by the length of its texts. The table of the README is the same one.
 */
export const measuredLengths = {
  command: 'npm run bench -- --lengths',
  device: 'software WebGL (ANGLE on SwiftShader), two cores in quiet',
  shape: '2 layers of width 16, 4 heads, blocks of 8 tokens, one random block a row, 16 rows',
  lengths: [64, 128, 256, 512, 1024],
  stepTime: { blocks: [39, 61, 121, 269, 544], full: [39, 87, 307, 1063, 3847] },
  attentionTime: { blocks: [11, 18, 39, 80, 180], full: [10, 30, 132, 455, 1867] },
} as const;
