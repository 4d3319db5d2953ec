import type { DrawnBlock } from '../../figures/model-picture.ts';
import { blocksOf } from '../../models/pictures.ts';
import { blueprintOf } from '../../training/model.ts';
import { titled } from './block-question.ts';
import type { Seen } from './model.ts';
import type { Part } from './unfolded.ts';

/** What of a block unfolds, in the order in which it is computed. */
export function partsOf({ run, vocabulary }: Pick<Seen, 'run' | 'vocabulary'>, { id, kind, maps }: DrawnBlock) {
  if (kind === 'embeddings') return ['tables'] satisfies readonly Part[];
  const { blueprint, config } = blueprintOf(run, vocabulary.size);
  const pieces = blocksOf(blueprint, config).find((one) => one.id === id)?.pieces ?? [];
  const parts: Part[] = maps ? ['heads'] : [];
  if (titled(pieces, 'span kernels')) parts.push('kernels');
  if (pieces.some((piece) => piece.kind === 'feed-forward')) parts.push('feed-forward');
  return parts;
}
