import type { ComponentProps } from 'svelte';
import type CompareTable from '../CompareTable.svelte';

const columns = [
  { id: 'text', title: 'Text', isNumber: false },
  { id: 'glue', title: 'GLUE dev', isNumber: true },
  { id: 'tokens', title: 'Tokens seen', isNumber: true },
];
const rows = [
  {
    id: 'roberta.large',
    name: 'RoBERTa large',
    cells: [
      { text: '16 + 76 + 38 + 31 GB', marks: [] },
      { text: '88.9', marks: ['one model'] },
      { text: '≤ 2.1T', marks: ['our product'], isLit: true },
    ],
  },
  {
    id: 'bert.large',
    name: 'BERT large',
    isHeld: true,
    isPicked: true,
    sizes: [
      { id: 'bert.base', name: 'base' },
      { id: 'bert.large', name: 'large' },
    ],
    cells: [
      { text: 'books 800M, Wikipedia 2,500M words', marks: [], isTold: true },
      { text: '84.0', marks: ['one model'] },
      { text: '≤ 131B', marks: ['our product'], isEqual: true },
    ],
  },
  {
    id: 'mobilebert.base',
    name: 'MobileBERT student',
    cells: [{ text: 'as BERT', marks: ['second-hand'], isEqual: true }, undefined, undefined],
  },
];
const table = { rows, columns, caption: 'Three systems', sorted: 'glue', isDown: true, cell: 'bert.large/glue' };

export const specimens: Readonly<Record<string, ComponentProps<typeof CompareTable>>> = {
  'sorted by one column, a row held against the others': {
    ...table,
    width: 900,
    onsort: () => undefined,
    onsize: () => undefined,
    onpick: () => undefined,
  },
  'cards on a phone': { ...table, width: 350 },
};
