import { AppError } from '../core/errors.ts';
import { build, flatten, sizeOf } from '../core/params.ts';
import { createRng } from '../core/rng.ts';
import { identify, importPart, parseConfig } from '../hub/checkpoint.ts';
import { loadForward } from '../models/forwards.ts';
import { hubOf } from '../models/hubs.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';
import type { Comparison } from './comparison.ts';
import {
  checkRange,
  flat,
  type Nested,
  type ReferenceIo,
  readInputs,
  readIo,
  readMemory,
  shapeOf,
} from './reference-io.ts';
import { compareLearning } from './reference-loss.ts';

/** A folder made with the reference implementation: config.json, model.safetensors, io.json. */
export interface Reference {
  readonly config: Uint8Array;
  readonly weights: Uint8Array;
  readonly io: string;
}

/** Classes whose loss sets a token's label against what was said one place before it. */
const shiftedClasses: readonly string[] = ['TransfoXLLMHeadModel'];

/** How far an output may be from the reference's. */
const tolerance = 1e-4;

/** Outputs that the reference gives as the logarithms of probabilities. */
const logarithms: readonly string[] = ['prediction_scores'];

/** Taps behind the outputs that are lists, one tensor a layer. */
const tapsOf: Readonly<Record<string, string>> = {
  attentions: 'attention',
  hidden_states: 'hidden',
  encoder_attentions: 'encoder.attention',
  encoder_hidden_states: 'encoder.hidden',
  decoder_attentions: 'decoder.attention',
  decoder_hidden_states: 'decoder.hidden',
  cross_attentions: 'cross.attention',
  mems: 'memory',
};

/**
 * Runs our model on the reference's weights and inputs; one comparison an output that the reference gave.
 * Without taps only the logits are compared, and attention may take the path that forms no probabilities.
 */
export async function compare(reference: Reference, { taps = true } = {}): Promise<readonly Comparison[]> {
  const io = readIo(reference.io);
  const json = parseConfig(reference.config);
  const className = io.class ?? (Array.isArray(json.architectures) ? String(json.architectures[0]) : undefined);
  const { blueprint, part } = identify(className ? { ...json, architectures: [className] } : json);
  const { classes, variants = {} } = hubOf(blueprint);
  const variant = className ? variants[className] : undefined;
  const known = [...Object.values(classes), ...Object.keys(variants)];
  if (className && !known.includes(className))
    throw new AppError(
      'bad-file',
      `The folder is of the class ${className}, and ${blueprint.name} is compared as ${known.join(' or ')}. Make it with one of these.`,
    );
  checkRange(json, io.inputs);
  const config = hubOf(blueprint).fromConfig(json, part);
  const spec = { [part]: blueprint.spec(config)[part]! };
  const numbers = importPart(blueprint, config, part, reference.weights, variant?.lacks);
  // Heads that the class lacks are computed and not compared.
  const state = new Map(
    flatten(spec).map(([name, { shape }]) => [name, numbers.get(name) ?? new Float32Array(sizeOf(shape))]),
  );
  const forward = await loadForward(blueprint.id);
  let comparisons: readonly Comparison[] = [];
  tf.tidy(() => {
    const seen = new Map<string, Tensor>();
    const tensors = new Map(flatten(spec).map(([name, { shape }]) => [name, tf.tensor(state.get(name)!, [...shape])]));
    const params = build(spec, (name) => tensors.get(name)!);
    const batch = readInputs(io.inputs, json);
    const before = readMemory(io.inputs);
    const { logits, memory } = forward(params, config, batch, {
      training: io.training ?? false,
      rng: createRng(0),
      memory: before,
      tap: taps ? { wants: () => true, see: (name, value) => seen.set(name, value) } : undefined,
    });
    const prefix = Object.keys(classes).length > 1 ? `${part}.` : '';
    for (const [name, value] of Object.entries(logits))
      seen.set(name, logarithms.includes(name) ? tf.logSoftmax(value) : value);
    const read = [...seen].filter(([name]) => name.startsWith('encoder.hidden.')).at(-1);
    if (read) seen.set('encoder_last_hidden_state', read[1]);
    for (const [i, value] of memory?.entries() ?? []) seen.set(`memory.${i}`, value);
    const wanted = Object.entries(io.outputs).filter(([output]) => output !== 'loss' && (taps || !tapsOf[output]));
    const compared = wanted.map(([output, expected]) => {
      const pairs = tapsOf[output]
        ? pairLayers(prefix + tapsOf[output], expected as readonly Nested[], seen, io)
        : [[expected, seen.get(prefix + (variant?.outputs[output] ?? output))] as const];
      return worst(output, pairs);
    });
    const weights = new Map([...tensors].map(([name, tensor]) => [name.slice(part.length + 1), tensor]));
    const { tied = {} } = hubOf(blueprint);
    const learner = { forward, params, config, weights, tied, shifts: shiftedClasses.includes(className ?? '') };
    const learned = compareLearning(learner, batch, before, io);
    comparisons = [...compared, ...learned];
  });
  return comparisons;
}

type Pair = readonly [expected: Nested, ours: Tensor | undefined];

/** Layers of a list output beside ours. Two streams come as pairs of attentions and as alternating hidden states. */
function pairLayers(
  tap: string,
  expected: readonly Nested[],
  seen: ReadonlyMap<string, Tensor>,
  io: ReferenceIo,
): Pair[] {
  const twoStreams = seen.has(`query.${tap}.0`);
  if (!twoStreams) return expected.map((value, i) => [value, seen.get(`${tap}.${i}`)]);
  if (tap === 'hidden')
    return expected.map((value, i) => [value, seen.get(`${i % 2 === 0 ? '' : 'query.'}hidden.${Math.floor(i / 2)}`)]);
  return expected.flatMap((value, i): Pair[] => {
    const [content, query] = value as readonly Nested[];
    return [
      [content!, seen.get(`attention.${i}`)],
      [atTargets(query!, io.inputs.target_mapping!), seen.get(`query.attention.${i}`)],
    ];
  });
}

/**
 * The reference spreads the query stream's probabilities [batch, head, seq, key] over all positions; these are the
 * targets' rows.
 */
function atTargets(probabilities: Nested, mapping: Nested): Nested {
  const rows = (mapping as number[][][]).map((targets) => targets.map((oneHot) => oneHot.indexOf(1)));
  return (probabilities as number[][][][]).map((heads, row) =>
    heads.map((head) => rows[row]!.map((at) => head[at] ?? head[0]!.map(() => 0))),
  );
}

function worst(output: string, pairs: readonly Pair[]): Comparison {
  let difference = 0;
  for (const [expected, ours] of pairs) {
    if (!ours) return { output, limit: tolerance, difference: Number.NaN, note: 'is not computed here' };
    const shape = shapeOf(expected);
    if (shape.join() !== ours.shape.join())
      return {
        output,
        limit: tolerance,
        difference: Number.NaN,
        note: `expected [${shape.join(', ')}], found [${ours.shape.join(', ')}]`,
      };
    const values = ours.dataSync();
    flat(expected).forEach((value, i) => {
      const apart = Math.abs(value - values[i]!);
      // Written so that NaN is never small.
      if (!(apart <= difference)) difference = apart;
    });
  }
  return { output, limit: tolerance, difference };
}
