import type { ComponentProps } from 'svelte';
import type Verdicts from '../Verdicts.svelte';

const sides = { yes: 'B follows A', no: 'B is from another document' };
export const specimens: Readonly<Record<string, ComponentProps<typeof Verdicts>>> = {
  'two readers, it is another': {
    ...sides,
    verdicts: [
      { who: 'The best possible reader', share: 0.013 },
      { who: 'The model after step 800', share: 0.41 },
    ],
    truth: false,
    width: 640,
  },
  'one reader, it follows, narrow': {
    ...sides,
    verdicts: [{ who: 'The best possible reader', share: 0.96 }],
    truth: true,
    width: 330,
  },
};
