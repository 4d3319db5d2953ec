import type { ComponentProps } from 'svelte';
import { allBut, others } from '../../core/pattern.ts';
import type LeakRows from '../LeakRows.svelte';

const tokens = ['[CLS]', 'the', 'toad', 'looked', 'for', 'honey', '.', '[SEP]'];
const hidden = tokens.map((token, i) => (i === 2 ? '[MASK]' : token));
const nothing = () => undefined;

export const specimens: Readonly<Record<string, ComponentProps<typeof LeakRows>>> = {
  'nobody looks at itself': {
    tokens,
    layers: [others(8), others(8)],
    answer: 2,
    isThere: true,
    width: 720,
    onpick: nothing,
  },
  'nobody looks at the word': { tokens, layers: [allBut(8, 2), allBut(8, 2)], answer: 2, isThere: true, width: 720 },
  'taken out of the input, narrow': {
    tokens: hidden,
    layers: [others(8), others(8)],
    answer: 2,
    isThere: false,
    width: 350,
    onpick: nothing,
  },
};
