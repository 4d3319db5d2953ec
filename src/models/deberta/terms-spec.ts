import type { NamedAxes } from '../architecture.ts';
import { encoderTaps } from '../shared/encoder-spec.ts';
import type { DebertaConfig } from './config.ts';
import { encoderDepth } from './depth-spec.ts';

/** How often the mask decoder goes through the last layer: the published code; the paper's §3.2 calls it n. */
export const decoderSteps = 2;

/** Before the names of the mask decoder's taps. */
export const decoderPrefix = 'decoder.';

/** The terms of a layer's scores, before any mask: with them alone the attention in use can be made again. */
export const termNames = (config: DebertaConfig, i: number, prefix = ''): readonly string[] => {
  const { c2c, c2p, p2c } = config;
  const asked = { c2c, c2p, p2c, absolute: prefix === decoderPrefix && i === 0 && (c2c || c2p) };
  return Object.entries(asked).flatMap(([name, isOn]) => (isOn ? [`${prefix}${name}.${i}`] : []));
};

function stackTaps(config: DebertaConfig, layers: number, prefix = ''): readonly NamedAxes[] {
  const terms = Array.from({ length: layers }, (_, i) => termNames(config, i, prefix)).flat();
  return [...encoderTaps(layers, prefix), ...terms.map((name) => ({ name, axes: ['batch', 'head', 'seq', 'seq'] }))];
}

export const taps = (config: DebertaConfig): readonly NamedAxes[] => [
  ...stackTaps(config, encoderDepth(config)),
  ...(config.places === 'decoder' ? stackTaps(config, decoderSteps, decoderPrefix) : []),
];
