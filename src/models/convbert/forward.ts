import type { Forward } from '../architecture.ts';
import { replacedTokens } from '../shared/replaced.ts';
import { networksOf } from '../shared/replaced-networks.ts';
import type { ConvbertConfig } from './config.ts';
import { encodeMixed } from './layer.ts';
import { type ConvbertParts, mixOf } from './spec.ts';

/** Jiang et al. 2020, §4.1: trained as ELECTRA is, generator and discriminator both with mixed attention. */
export const forward: Forward<ConvbertConfig, ConvbertParts> = (params, config, batch, context) => {
  const bodies = { generator: params.generator?.convbert, discriminator: params.discriminator?.convbert };
  const networks = networksOf(params, bodies, config, batch, context, (x, part, options) =>
    encodeMixed(
      x,
      bodies[part].encoder.layer,
      mixOf(config, config[part]),
      { ...options, convolutionOnly: config.convolutionOnly },
      context,
    ),
  );
  return replacedTokens(networks, config, batch, context);
};
