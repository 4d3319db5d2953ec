import type { NoisingFacts } from '../objective.ts';
import { type DenoiseOptions, defaults, fields } from './options.ts';

export const facts: NoisingFacts<DenoiseOptions> = {
  kind: 'noising',
  id: 'denoise',
  asks: 'text',
  name: 'Denoising',
  title: 'the text written back',
  summary: 'Words are masked, deleted or hidden in spans, sentences shuffled, and the model writes the text back.',
  source: { paper: 'bart', where: '§2.2' },
  defaults,
  fields,
};
