import { full, window } from '../../../src/core/pattern.ts';
import type { Patterns } from '../../../src/models/architecture.ts';
import { stackPattern } from '../../../src/models/shared/pattern-parts.ts';
import type { EchoConfig } from './config.ts';

export const patterns: Patterns<EchoConfig> = ({ radius }, { inputIds: { length } }) => [
  stackPattern({ name: 'far', title: 'the first layer' }, 1, full(length)),
  stackPattern({ name: 'near', title: 'the second layer', prefix: 'near.' }, 1, window(length, radius)),
];
