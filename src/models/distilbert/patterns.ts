import { full } from '../../core/pattern.ts';
import type { Patterns } from '../architecture.ts';
import { encoderPatterns } from '../shared/pattern-parts.ts';
import type { DistilbertConfig } from './config.ts';

/** Who may see whom in its attention maps. */
export const patterns: Patterns<DistilbertConfig> = ({ layers }, { inputIds }) =>
  encoderPatterns(layers, full(inputIds.length));
