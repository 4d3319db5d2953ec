import type { Forward } from '../architecture.ts';
import { encode } from '../shared/encoder.ts';
import { replacedTokens } from '../shared/replaced.ts';
import { networksOf } from '../shared/replaced-networks.ts';
import type { ElectraConfig } from './config.ts';
import type { ElectraParts } from './spec.ts';

/** Clark et al. 2020, §2: a small encoder fills in, a larger one judges; see `replacedTokens`. */
export const forward: Forward<ElectraConfig, ElectraParts> = (params, config, batch, context) => {
  const bodies = { generator: params.generator?.electra, discriminator: params.discriminator?.electra };
  const networks = networksOf(params, bodies, config, batch, context, (x, part, options) =>
    encode(x, bodies[part].encoder.layer, options, context),
  );
  return replacedTokens(networks, config, batch, context);
};
