import type { ComponentProps } from 'svelte';
import type EpochRows from '../EpochRows.svelte';
import type { EpochRow, HoleKind } from '../epoch-rows.ts';

const tokens = 'the toad looked for honey near the forest . she'.split(' ');
const row = (epoch: number, places: readonly number[], kinds: readonly HoleKind[] = []): EpochRow => ({
  label: `epoch ${epoch}`,
  holes: places.map((place, i) => ({ place, kind: kinds[i] ?? 'hidden' })),
});

export const specimens: Readonly<Record<string, ComponentProps<typeof EpochRows>>> = {
  'the same holes in every epoch': {
    tokens,
    rows: [1, 2, 3, 4].map((epoch) => row(epoch, [1, 4], ['hidden', 'replaced'])),
    sameAs: [undefined, 0, 1, 2],
    covered: [0.2, 0.2, 0.2, 0.2],
    law: [0.2, 0.2, 0.2, 0.2],
    width: 620,
  },
  'new holes each time, one epoch framed': {
    tokens,
    rows: [row(1, [1, 4]), row(2, [0, 4], ['kept', 'hidden']), row(3, [7, 9])],
    sameAs: [undefined, undefined, undefined],
    covered: [0.2, 0.3, 0.5],
    law: [0.2, 0.36, 0.488],
    at: 1,
    width: 620,
  },
  'forty epochs of four rows, narrow': {
    tokens,
    rows: Array.from({ length: 40 }, (_, i) => row(i + 1, [(i % 4) * 2, (i % 4) * 2 + 1])),
    sameAs: Array.from({ length: 40 }, (_, i) => (i < 4 ? undefined : i - 4)),
    covered: Array.from({ length: 40 }, (_, i) => Math.min(i + 1, 4) * 0.2),
    law: Array.from({ length: 40 }, (_, i) => 1 - 0.8 ** Math.min(i + 1, 4)),
    width: 330,
  },
};
