import { causal, full } from '../../core/pattern.ts';
import type { Patterns } from '../architecture.ts';
import { stackPattern } from '../shared/pattern-parts.ts';
import type { BartConfig } from './config.ts';

/** Who may see whom in its attention maps. */
export const patterns: Patterns<BartConfig> = ({ encoder, decoder }, { inputIds, decoderInputIds = inputIds }) => {
  const [source, written] = [inputIds.length, decoderInputIds.length];
  const side = { of: 'decoder' } as const;
  const cross = { name: 'cross', title: 'the decoder, to the encoder', prefix: 'cross.' };
  return [
    stackPattern({ name: 'encoder', title: 'the encoder', prefix: 'encoder.' }, encoder.layers, full(source)),
    stackPattern({ name: 'decoder', title: 'the decoder', prefix: 'decoder.' }, decoder.layers, causal(written), side),
    stackPattern(cross, decoder.layers, full(written, source), side, { of: 'input' }),
  ];
};
