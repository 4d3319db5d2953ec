import { full, union, window } from '../../core/pattern.ts';
import type { Patterns } from '../architecture.ts';
import { stackPattern } from '../shared/pattern-parts.ts';
import type { XlnetConfig } from './config.ts';

/** Who may see whom in its attention maps. */
export const patterns: Patterns<XlnetConfig> = ({ layers }, { inputIds, labels = [], permMask }) => {
  const all = { of: 'input' } as const;
  const query = permMask?.map((row) => row.map((hidden) => hidden === 0)) ?? full(inputIds.length);
  // The content stream also sees itself. Yang et al. 2019, §2.3.
  const content = union(query, window(inputIds.length, 0));
  const stream = stackPattern({ name: 'content', title: 'the content stream' }, layers, content);
  if (!permMask) return [stream];
  const targets = labels.flatMap((label, place) => (label >= 0 ? [place] : []));
  return [
    stream,
    stackPattern(
      { name: 'query', title: 'the query stream', prefix: 'query.' },
      layers,
      targets.map((place) => query[place]!),
      { ...all, places: targets },
      all,
    ),
  ];
};
