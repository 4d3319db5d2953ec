import type { Pattern } from '../../core/pattern.ts';
import type { MapPattern, Side } from '../architecture.ts';
import { attentionTaps } from './encoder-spec.ts';

/** The pattern of all maps of one stack of layers. */
export const stackPattern = (
  { name, title, prefix }: { readonly name: string; readonly title: string; readonly prefix?: string },
  layers: number,
  pattern: Pattern,
  rows: Side = { of: 'input' },
  columns: Side = rows,
): MapPattern => ({ name, title, rows, columns, taps: attentionTaps(layers, prefix), pattern });

/** The patterns of a model that is one encoder. */
export const encoderPatterns = (layers: number, pattern: Pattern): readonly MapPattern[] => [
  stackPattern({ name: 'encoder', title: 'the encoder' }, layers, pattern),
];
