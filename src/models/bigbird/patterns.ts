import { full } from '../../core/pattern.ts';
import type { MapPattern, Patterns } from '../architecture.ts';
import { encoderPatterns, stackPattern } from '../shared/pattern-parts.ts';
import type { BigbirdConfig } from './config.ts';
import { patternOf, planOf } from './plan.ts';
import { isAlike, isSparse } from './plan-spec.ts';

/** All maps alike, or a pattern a layer: what some head of it reads. */
function ofLength(config: BigbirdConfig, length: number): readonly MapPattern[] {
  const { layers } = config;
  const pattern = (layer: number) => patternOf(planOf(config, length, layer, false), length);
  if (!isSparse(config, length)) return encoderPatterns(layers, full(length));
  if (isAlike(config)) return encoderPatterns(layers, pattern(0));
  return Array.from({ length: layers }, (_, i) => ({
    ...stackPattern({ name: `layer.${i}`, title: `layer ${i + 1}, all its heads together` }, 1, pattern(i)),
    taps: [`attention.${i}`],
  }));
}

/** Who may see whom in its attention maps. */
export const patterns: Patterns<BigbirdConfig> = (config, { inputIds }) => ofLength(config, inputIds.length);
