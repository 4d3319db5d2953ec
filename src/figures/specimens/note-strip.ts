import type { ComponentProps } from 'svelte';
import type NoteStrip from '../NoteStrip.svelte';

const tokens = ['[CLS]', '[SEP]', '[MASK]', 'the', 'chef', 'cooked', 'meal', 'ate', '.'];
const spelling = { tokenOf: (id: number) => tokens[id] ?? '?', isSpecial: (id: number) => id < 3 };
const ids = [0, 3, 4, 5, 3, 6, 8, 1];
const segments = ids.map(() => 0);
const none = ids.map(() => -100);
const asking = (positions: readonly number[]) => none.map((label, i) => (positions.includes(i) ? ids[i]! : label));

export const specimens: Readonly<Record<string, ComponentProps<typeof NoteStrip>>> = {
  'masked tokens': {
    sequence: { ids, segments },
    example: { inputIds: [0, 3, 4, 2, 3, 6, 8, 1], segments, labels: asking([3, 5]) },
    notes: [
      { position: 3, kind: 'hidden', text: 'hidden behind [MASK]' },
      { position: 5, kind: 'kept', text: 'chosen, but shown as it is' },
    ],
    spelling,
    width: 700,
    current: 3,
    onpick: () => undefined,
  },
  'replaced tokens': {
    sequence: { ids, segments },
    example: {
      inputIds: [0, 3, 4, 7, 3, 6, 8, 1],
      generatorIds: [0, 2, 4, 2, 3, 6, 8, 1],
      segments,
      labels: asking([1, 3]),
      replaced: [0, 0, 0, 1, 0, 0, 0, 0],
    },
    notes: [
      { position: 1, kind: 'kept', text: 'the generator guessed the original' },
      { position: 3, kind: 'replaced', text: 'the generator put another token here' },
    ],
    spelling,
    width: 700,
  },
  'text to be written back, narrow': {
    sequence: { ids, segments },
    example: {
      inputIds: [0, 3, 2, 6, 8, 1],
      segments: segments.slice(0, 6),
      labels: ids,
      decoderInputIds: [1, ...ids.slice(0, -1)],
    },
    notes: [
      { position: 2, kind: 'hidden', text: 'one token for 3' },
      { position: 3, kind: 'removed', text: 'vanished in a span' },
      { position: 4, kind: 'removed', text: 'vanished in a span' },
    ],
    spelling,
    width: 330,
  },
};
