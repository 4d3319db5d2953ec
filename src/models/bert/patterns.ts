import { causal, full } from '../../core/pattern.ts';
import type { Patterns } from '../architecture.ts';
import { encoderPatterns } from '../shared/pattern-parts.ts';
import type { BertConfig } from './config.ts';

/** Who may see whom in its attention maps. */
export const patterns: Patterns<BertConfig> = ({ layers, causal: isCausal }, { inputIds: { length } }) =>
  encoderPatterns(layers, isCausal ? causal(length) : full(length));
