import type { DebertaConfig } from './config.ts';

/** The farthest distance that a bucket of its own tells apart: never nearer than there are buckets. */
export const farthestOf = ({ buckets, radius, maxLength }: DebertaConfig): number =>
  Math.max(radius || maxLength, buckets);

/** Whether far distances share rows. */
export const isBucketed = ({ version, buckets }: DebertaConfig): boolean => version === 'v2' && buckets > 1;

/** Layers in front of the mask decoder, which has the last one for itself; all of them where there is none. */
export const encoderDepth = ({ layers, places }: Pick<DebertaConfig, 'layers' | 'places'>): number =>
  places === 'decoder' ? layers - 1 : layers;

/** Whether neighbours are heard beside the first layer, where there is one in front of the mask decoder. */
export const hasConvolution = (config: DebertaConfig): boolean =>
  config.version === 'v2' && config.reach > 0 && encoderDepth(config) > 0;
