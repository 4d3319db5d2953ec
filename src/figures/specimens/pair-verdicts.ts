import type { ComponentProps } from 'svelte';
import type PairVerdicts from '../PairVerdicts.svelte';

const pairs = [
  {
    a: 'on monday , nora felt as brave as a lion at the castle .',
    b: 'on tuesday , she danced with the dragon at the castle until dark .',
    share: 0.92,
    best: 0.99,
    truth: true,
  },
  {
    a: 'on sunday , a letter came to the mountain from tel aviv .',
    b: 'it rained .',
    share: 0.77,
    truth: false,
  },
];
const sides = { yes: 'B follows A', no: 'B is from another document' };

export const specimens: Readonly<Record<string, ComponentProps<typeof PairVerdicts>>> = {
  'one right, one wrong': { pairs, ...sides, width: 480 },
  narrow: { pairs, ...sides, width: 300 },
};
