import { full } from '../../core/pattern.ts';
import type { Patterns } from '../architecture.ts';
import { encoderPatterns } from '../shared/pattern-parts.ts';
import type { AlbertConfig } from './config.ts';

/** Who may see whom in its attention maps. */
export const patterns: Patterns<AlbertConfig> = ({ layers, layersPerGroup }, { inputIds }) =>
  encoderPatterns(layers * layersPerGroup, full(inputIds.length));
