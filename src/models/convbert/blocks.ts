import type { Parts } from '../architecture.ts';
import type { Block } from '../block.ts';
import { below, type Find, layerBlocks, normed, piece, type Stack } from '../shared/block-parts.ts';
import { type Depths, replacedBlocks } from '../shared/replaced-blocks.ts';
import type { ConvbertConfig } from './config.ts';

/** Layers of mixed attention; `own` finds the weights below the list of layers. */
const mixedBlocks = (layers: number, own: Find, stack: Stack, convolutionOnly: boolean): readonly Block[] =>
  layerBlocks(
    layers,
    (i) => {
      const layer = below(own, String(i));
      const self = below(layer, 'attention.self');
      const tap = (name: string) => `${stack.prefix}${name}.${i}`;
      const mixed = [
        convolutionOnly
          ? piece('projection', 'queries', self('query', 'key', 'value'))
          : piece('attention', 'attention', self('query', 'key', 'value'), [tap('attention')]),
        piece('projection', 'span kernels', self('key_conv_attn_layer', 'conv_kernel_layer'), [tap('kernel')]),
        piece('projection', 'values to convolve', self('conv_out_layer')),
        piece('projection', 'output of both', layer('attention.output.dense')),
      ];
      const forward = piece('feed-forward', 'feed-forward', layer('intermediate', 'output.dense'), [tap('inner')]);
      return [...normed(mixed, layer('attention.output.LayerNorm')), ...normed([forward], layer('output.LayerNorm'))];
    },
    stack,
  );

/** From what is read to what is answered. */
export const blocks = (config: Depths & Pick<ConvbertConfig, 'convolutionOnly'>, spec: Parts): readonly Block[] =>
  replacedBlocks(config, spec, 'convbert', (layers, own, stack) =>
    mixedBlocks(layers, own, stack, config.convolutionOnly),
  );
