import { full } from '../../core/pattern.ts';
import type { Patterns } from '../architecture.ts';
import { encoderPatterns } from '../shared/pattern-parts.ts';
import type { MobilebertConfig } from './config.ts';

/** Who may see whom in its attention maps. */
export const patterns: Patterns<MobilebertConfig> = ({ layers }, { inputIds: { length } }) =>
  encoderPatterns(layers, full(length));
