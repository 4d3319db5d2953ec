import type { Example, Note, Sequence } from '../objectives/objective.ts';
import type { Chip, Mark } from './chips.ts';

/** One row of chips and what it is. */
export interface NoteRow {
  readonly label: string;
  readonly chips: readonly Chip[];
  /** Whether chip `i` is position `i` of the sequence before noise. */
  readonly aligned: boolean;
}

/** How ids are spelled, as far as a picture needs to know. */
export interface Spelling {
  readonly tokenOf: (id: number) => string;
  readonly isSpecial: (id: number) => boolean;
  /** Whether a new document begins at this position of the sequence. */
  readonly startsDocument?: (position: number) => boolean;
}

/**
 * Any example as rows of chips: what the model sees with what happened to each token; where there is a generator, what
 * that sees; where there is a decoder, the original with its notes, what the encoder reads and what the decoder writes.
 */
export function rowsOf(
  sequence: Sequence,
  example: Example,
  notes: readonly Note[],
  spelling: Spelling,
): readonly NoteRow[] {
  const paired = sequence.segments.some((segment) => segment === 1);
  const chipAt = (id: number, position: number): Chip => ({
    token: spelling.tokenOf(id),
    special: spelling.isSpecial(sequence.ids[position] ?? id),
    segment: paired ? (sequence.segments[position] === 1 ? 1 : 0) : undefined,
    startsDocument: spelling.startsDocument?.(position),
  });
  const marked = (
    ids: readonly number[],
    scored: (position: number) => boolean,
    markOf: (note: Note) => Mark | undefined,
  ) =>
    ids.map((id, position): Chip => {
      const here = notes.filter((note) => note.position === position);
      const original = sequence.ids[position]!;
      return {
        ...chipAt(id, position),
        mark: here.map(markOf).find((one) => one !== undefined),
        original: id === original ? undefined : spelling.tokenOf(original),
        scored: scored(position),
        detail: here.length > 0 ? here.map(({ text }) => text).join('; ') : undefined,
      };
    });
  const plain = (note: Note): Mark | undefined => (note.kind === 'asked' ? undefined : note.kind);
  const isAsked = (position: number) => (example.labels[position] ?? -1) >= 0;

  if (example.decoderInputIds) {
    const own = new Set(sequence.ids);
    const read = example.inputIds.map((id): Chip => {
      const special = spelling.isSpecial(id);
      return { token: spelling.tokenOf(id), special, mark: special && !own.has(id) ? 'hidden' : undefined };
    });
    const written = example.labels.map((id, i): Chip => ({ ...chipAt(id, i), scored: id >= 0 }));
    return [
      { label: 'The original, and what happens to it', chips: marked(sequence.ids, () => false, plain), aligned: true },
      { label: 'What the encoder reads', chips: read, aligned: false },
      { label: 'What the decoder is asked to write', chips: written, aligned: true },
    ];
  }
  if (example.replaced) {
    const { generatorIds, replaced } = example;
    const seen = marked(generatorIds ?? sequence.ids, isAsked, () => undefined).map(
      (chip, position): Chip =>
        generatorIds && generatorIds[position] !== sequence.ids[position] ? { ...chip, mark: 'hidden' } : chip,
    );
    const judged = marked(
      example.inputIds,
      () => true,
      (note) => (note.kind === 'kept' ? 'kept' : undefined),
    ).map((chip, position): Chip => (replaced[position] === 1 ? { ...chip, mark: 'substituted' } : chip));
    return [
      { label: 'What the generator sees and fills in', chips: seen, aligned: true },
      { label: 'What the discriminator judges, token by token', chips: judged, aligned: true },
    ];
  }
  return [{ label: 'What the model sees', chips: marked(example.inputIds, isAsked, plain), aligned: true }];
}
