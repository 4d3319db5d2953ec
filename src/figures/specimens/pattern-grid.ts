import type { ComponentProps } from 'svelte';
import { byOrder, causal, full, type Pattern, union, window } from '../../core/pattern.ts';
import type PatternGrid from '../PatternGrid.svelte';

const tokens = ['[CLS]', 'the', 'cat', 'sat', 'on', 'the', 'mat', '[SEP]'];
const order = [3, 6, 1, 4, 2, 5];
const words = ['the', 'old', 'fox', 'ran', 'home', 'fast', 'again'];
const nothing = () => undefined;
const long = Array.from({ length: 64 }, (_, i) => `t${i}`);
const anchors = window(64, 64).map((row, i) => row.map((_, j) => i < 2 || j < 2));

const read = ['[CLS]', 'she', '[MASK]', 'the', 'red', 'hat', '.', '[SEP]'];
const written = ['[SEP]', 'she', 'lost', 'the', 'hat'];
/** A look from one text to another that may go as far as its own place and two places on. */
const near: Pattern = written.map((_, i) => read.map((__, j) => Math.abs(i - j) <= 2));

export const specimens: Readonly<Record<string, ComponentProps<typeof PatternGrid>>> = {
  'all see all': { pattern: full(8), tokens, width: 420 },
  'left to right, a row pointed at': { pattern: causal(8), tokens, width: 420, row: 4, onpoint: nothing },
  'holes, the row of one pinned': {
    pattern: full(8),
    tokens: tokens.map((token, i) => (i === 2 || i === 6 ? '[MASK]' : token)),
    holes: new Set([2, 6]),
    width: 420,
    row: 2,
    onpoint: nothing,
  },
  'an order of reading': { pattern: byOrder([0, ...order]), tokens: words, width: 360, row: 2 },
  'window and global tokens of a long text': {
    pattern: union(window(64, 3), anchors),
    tokens: long,
    width: 380,
    row: 40,
    onpoint: nothing,
  },
  'from one text to another': { pattern: near, tokens: written, keys: read, width: 420, row: 1, onpoint: nothing },
  'rows of the targets alone': {
    pattern: byOrder([0, ...order]),
    tokens: words,
    width: 360,
    present: new Set([2, 5]),
    onpoint: nothing,
  },
};
