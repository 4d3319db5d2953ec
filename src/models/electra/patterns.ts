import { full } from '../../core/pattern.ts';
import type { Patterns } from '../architecture.ts';
import { stackPattern } from '../shared/pattern-parts.ts';
import type { ElectraConfig } from './config.ts';

/** Who may see whom in its attention maps. */
export const patterns: Patterns<ElectraConfig> = ({ generator, discriminator }, { inputIds: { length } }) => [
  stackPattern({ name: 'generator', title: 'the generator', prefix: 'generator.' }, generator.layers, full(length)),
  stackPattern(
    { name: 'discriminator', title: 'the discriminator', prefix: 'discriminator.' },
    discriminator.layers,
    full(length),
  ),
];
