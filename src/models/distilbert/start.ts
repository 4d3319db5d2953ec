import { AppError } from '../../core/errors.ts';
import type { Start } from '../forwards.ts';
import type { DistilbertConfig } from './config.ts';

/**
 * Which of the teacher's layers each layer of the student starts from: even ones in the first half, odd ones in the
 * second, so that first and last are kept. For 12 → 6 the published 0, 2, 4, 7, 9, 11.
 */
export function chosenLayers(student: number): number[] {
  return Array.from({ length: student }, (_, i) => (i < student / 2 ? 2 * i : 2 * i + 1));
}

const inLayer: Readonly<Record<string, string>> = {
  'attention.q_lin': 'attention.self.query',
  'attention.k_lin': 'attention.self.key',
  'attention.v_lin': 'attention.self.value',
  'attention.out_lin': 'attention.output.dense',
  sa_layer_norm: 'attention.output.LayerNorm',
  'ffn.lin1': 'intermediate.dense',
  'ffn.lin2': 'output.dense',
  output_layer_norm: 'output.LayerNorm',
};

/** The teacher's name for a weight of the student; undefined where it has none. */
function teacherName(name: string): string | undefined {
  const embedding = /^model\.distilbert\.(embeddings\..*)$/.exec(name);
  if (embedding) return `model.bert.${embedding[1]}`;
  if (name === 'model.vocab_projector.bias') return 'model.cls.predictions.bias';
  const head = /^model\.vocab_(transform|layer_norm)\.(weight|bias)$/.exec(name);
  if (head) return `model.cls.predictions.transform.${head[1] === 'transform' ? 'dense' : 'LayerNorm'}.${head[2]}`;
  return undefined;
}

/**
 * A student's starting numbers, taken from a trained BERT of the same width, vocabulary and length. Sanh et al. 2019,
 * §3.
 * Departs from the published script: the head's transform is taken along, and the row of the first segment, which the
 * student has no table for, is added to the positions.
 */
export const startFrom: Start<DistilbertConfig> = (student, teacher) => {
  const chosen = chosenLayers(student.config.layers);
  const start = new Map(student.state);
  for (const [name, values] of student.state) {
    const match = /^model\.distilbert\.transformer\.layer\.(\d+)\.(.*)\.(weight|bias)$/.exec(name);
    const source = match
      ? `model.bert.encoder.layer.${chosen[Number(match[1])]}.${inLayer[match[2]!]}.${match[3]}`
      : teacherName(name);
    const found = source === undefined ? undefined : teacher.state.get(source);
    if (!found || found.length !== values.length)
      throw new AppError(
        'bad-option',
        `The teacher does not fit: expected ${values.length} numbers for ${name} in ${source}, found ${found?.length ?? 'none'}. Choose a trained BERT of the same width, vocabulary and length with twice as many layers.`,
        'teacher',
      );
    start.set(name, found.slice());
  }
  const places = start.get('model.distilbert.embeddings.position_embeddings.weight');
  const kind = teacher.state.get('model.bert.embeddings.token_type_embeddings.weight');
  const width = start.get('model.vocab_layer_norm.weight')?.length ?? 1;
  if (places && kind) for (let i = 0; i < places.length; i++) places[i]! += kind[i % width]!;
  return start;
};
