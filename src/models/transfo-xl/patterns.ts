import { recent } from '../../core/pattern.ts';
import type { Patterns } from '../architecture.ts';
import { stackPattern } from '../shared/pattern-parts.ts';
import type { TransfoXlConfig } from './config.ts';

/** Who may see whom in its attention maps. */
export const patterns: Patterns<TransfoXlConfig> = ({ layers, sameLength, memoryLength }, { inputIds: { length } }) => [
  stackPattern(
    { name: 'stack', title: 'the stack' },
    layers,
    recent(length, sameLength && memoryLength > 0 ? memoryLength : length),
  ),
];
