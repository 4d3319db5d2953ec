import type { Hub } from '../../../src/models/architecture.ts';
import { readFields, writeFields } from '../../../src/models/shared/config-fields.ts';
import { type EchoConfig, fields } from './config.ts';
import type { EchoParts } from './spec.ts';

/** Its files as Hugging Face has them. */
export const hub: Hub<EchoConfig, EchoParts> = {
  classes: { model: 'EchoForMaskedLM' },
  tied: { 'predictions.decoder.weight': 'embeddings.word_embeddings.weight' },
  toConfig: (config) => ({ architectures: ['EchoForMaskedLM'], model_type: 'echo', ...writeFields(fields, config) }),
  fromConfig: (json) => readFields(fields, json),
};
