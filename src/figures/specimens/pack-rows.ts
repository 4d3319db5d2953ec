import type { ComponentProps } from 'svelte';
import type PackRows from '../PackRows.svelte';
import type { PackedPiece } from '../packing.ts';

const piece = (document: number, text: string, segment: 0 | 1 = 0): PackedPiece => ({
  document,
  segment,
  tokens: text.split(' '),
});
const full = [
  { pieces: [piece(3, 'mira found the key and went home .'), piece(4, 'one day tom lost a red hat . it rained .')] },
  { pieces: [piece(4, 'so he looked for it near the lake and under the old oak tree .')] },
  { pieces: [piece(4, 'at last he found it .'), piece(5, 'a frog sang .'), piece(6, 'the sun rose .')] },
];
const pairs = [
  { pieces: [piece(3, 'one day tom lost a red hat .'), piece(3, 'it rained .', 1)] },
  { pieces: [piece(8, 'at last he found it .'), piece(5, 'a frog sang by the lake .', 1)] },
];

export const specimens: Readonly<Record<string, ComponentProps<typeof PackRows>>> = {
  'packed across documents': { rows: full, length: 24, width: 720, current: 1, onpick: () => undefined },
  pairs: { rows: pairs, length: 24, width: 720 },
  'on a phone': { rows: full, length: 24, width: 330 },
};
