import { full } from '../../core/pattern.ts';
import type { Patterns } from '../architecture.ts';
import { stackPattern } from '../shared/pattern-parts.ts';
import type { DebertaConfig } from './config.ts';
import { encoderDepth } from './depth-spec.ts';
import { decoderPrefix, decoderSteps } from './terms-spec.ts';

/** Who may see whom in its attention maps. */
export const patterns: Patterns<DebertaConfig> = (config, { inputIds: { length } }) => {
  const encoder = stackPattern({ name: 'encoder', title: 'the encoder' }, encoderDepth(config), full(length));
  if (config.places !== 'decoder') return [encoder];
  const named = { name: 'decoder', title: 'the mask decoder', prefix: decoderPrefix };
  const decoder = stackPattern(named, decoderSteps, full(length));
  return encoder.taps.length > 0 ? [encoder, decoder] : [decoder];
};
