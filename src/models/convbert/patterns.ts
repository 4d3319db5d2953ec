import { full } from '../../core/pattern.ts';
import type { Patterns } from '../architecture.ts';
import { stackPattern } from '../shared/pattern-parts.ts';
import type { ConvbertConfig } from './config.ts';

/** Who may see whom in its attention maps. */
export const patterns: Patterns<ConvbertConfig> = (
  { generator, discriminator, convolutionOnly },
  { inputIds: { length } },
) =>
  convolutionOnly
    ? []
    : [
        stackPattern(
          { name: 'generator', title: 'the generator', prefix: 'generator.' },
          generator.layers,
          full(length),
        ),
        stackPattern(
          { name: 'discriminator', title: 'the discriminator', prefix: 'discriminator.' },
          discriminator.layers,
          full(length),
        ),
      ];
