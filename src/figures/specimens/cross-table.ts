import type { ComponentProps } from 'svelte';
import type CrossTable from '../CrossTable.svelte';

const asked = { rowsAre: 'trained on', columnsAre: 'tested on', from: 50, to: 100 };

export const specimens: Readonly<Record<string, ComponentProps<typeof CrossTable>>> = {
  'two by two': {
    ...asked,
    rows: ['next sentence', 'sentence order'],
    columns: ['does B follow?', 'which came first?'],
    cells: [
      [
        { value: 93.8, spread: 0.5, best: 95.8 },
        { value: 52.1, spread: 2.2 },
      ],
      [
        { value: 66.4, spread: 1.7 },
        { value: 85.9, spread: 0.4, best: 86.5 },
      ],
    ],
    width: 620,
  },
  'changes, some not measured': {
    rowsAre: 'left out',
    columnsAre: 'task',
    rows: ['the question alone', 'the pairs as well'],
    columns: ['QNLI', 'MNLI'],
    cells: [
      [{ value: -3.5 }, { value: -0.5 }],
      [undefined, { value: 0.7 }],
    ],
    from: -4,
    to: 4,
    isChange: true,
    width: 330,
  },
};
