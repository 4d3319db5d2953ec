import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles, type Files, importFiles } from '../../src/hub/checkpoint.ts';
import { type NumberArray, read, write } from '../../src/hub/safetensors.ts';
import type { AnyBlueprint } from '../../src/models/architecture.ts';
import { blueprint as bert } from '../../src/models/bert/spec.ts';
import { initialState } from '../../src/nn/init.ts';

const blueprint = bert as unknown as AnyBlueprint;
const config = { ...bert.toy, vocabSize: 12, hidden: 4, layers: 1, heads: 2, inner: 6, maxLength: 5 };
const state = initialState(bert.spec(config), createRng(1));
const files = exportFiles(blueprint, config, state);

/** The exported files with other weights. */
function changed(change: (arrays: Map<string, NumberArray>) => void): Files {
  const arrays = read(files['model.safetensors']!);
  change(arrays);
  return { ...files, 'model.safetensors': write(arrays) };
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return 'nothing was thrown';
}

const one = { shape: [1], data: new Float32Array(1) };

describe('an exported folder', () => {
  it('holds config.json, model.safetensors and the files of the tokenizer', () => {
    const vocabulary = new TextEncoder().encode('[PAD]\n[UNK]');
    const folder = exportFiles(blueprint, config, state, { 'vocab.txt': vocabulary });
    expect(Object.keys(folder).sort()).toEqual(['config.json', 'model.safetensors', 'vocab.txt']);
    expect(importFiles(folder).rest).toEqual({ 'vocab.txt': vocabulary });
  });

  it('describes the model as the reference spells it', () => {
    expect(JSON.parse(new TextDecoder().decode(files['config.json']))).toEqual({
      architectures: ['BertForPreTraining'],
      model_type: 'bert',
      vocab_size: 12,
      hidden_size: 4,
      num_hidden_layers: 1,
      num_attention_heads: 2,
      intermediate_size: 6,
      hidden_act: 'gelu',
      hidden_dropout_prob: 0.1,
      attention_probs_dropout_prob: 0.1,
      max_position_embeddings: 5,
      type_vocab_size: 2,
      initializer_range: 0.02,
      layer_norm_eps: 1e-12,
      pad_token_id: 0,
      tie_word_embeddings: true,
      dtype: 'float32',
    });
  });

  it('names every weight as the reference does and writes no tied name', () => {
    const names = [...read(files['model.safetensors']!).keys()];
    expect(names.length).toBe(14 + 16);
    expect(names).toContain('bert.encoder.layer.0.attention.output.LayerNorm.weight');
    expect(names).toContain('cls.predictions.bias');
    expect(names.filter((name) => name.includes('decoder'))).toEqual([]);
  });

  it('is refused while a weight is not finite', () => {
    const broken = new Map(state).set('model.cls.predictions.bias', new Float32Array(12).fill(Number.NaN));
    expect(messageOf(() => exportFiles(blueprint, config, broken))).toContain('model.cls.predictions.bias');
  });
});

describe('an imported folder', () => {
  it('gives back configuration and numbers', () => {
    const back = importFiles(files);
    expect(back.blueprint.id).toBe('bert');
    expect(back.config).toEqual(config);
    expect(back.state).toEqual(state);
  });

  it('may lie below another folder', () => {
    const below = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`my-model/${name}`, bytes]));
    expect(importFiles(below).state).toEqual(state);
  });

  it('may use the old names of a norm and hold buffers that nobody reads', () => {
    const old = changed((arrays) => {
      for (const [name, array] of [...arrays]) {
        arrays.delete(name);
        arrays.set(
          name.replace('LayerNorm.weight', 'LayerNorm.gamma').replace('LayerNorm.bias', 'LayerNorm.beta'),
          array,
        );
      }
      arrays.set('bert.embeddings.position_ids', one);
    });
    expect(importFiles(old).state).toEqual(state);
  });

  it('may hold tied weights again, if they are the same', () => {
    const tied = 'cls.predictions.decoder.weight';
    const source = 'bert.embeddings.word_embeddings.weight';
    expect(importFiles(changed((arrays) => arrays.set(tied, arrays.get(source)!))).state).toEqual(state);
    const different = changed((arrays) => {
      const { shape, data } = arrays.get(source)!;
      arrays.set(tied, { shape, data: data.map((value) => value + 1) });
    });
    expect(messageOf(() => importFiles(different))).toContain(`${tied} differs from ${source}`);
  });

  it('may hold a shared weight under its tied name only', () => {
    const moved = changed((arrays) => {
      arrays.set('cls.predictions.decoder.bias', arrays.get('cls.predictions.bias')!);
      arrays.delete('cls.predictions.bias');
    });
    expect(importFiles(moved).state).toEqual(state);
  });

  it('is told everything that does not fit, at once', () => {
    const wrong = changed((arrays) => {
      arrays.delete('bert.pooler.dense.weight');
      arrays.delete('bert.pooler.dense.bias');
      arrays.set('bert.extra', one);
      arrays.set('cls.predictions.bias', one);
    });
    const message = messageOf(() => importFiles(wrong));
    expect(message).toContain('Missing (2): bert.pooler.dense.weight, bert.pooler.dense.bias.');
    expect(message).toContain('Unexpected (1): bert.extra.');
    expect(message).toContain('Of another shape (1): expected cls.predictions.bias [12], found [1].');
  });

  it('gets the prefix of its body when its file was saved without heads', () => {
    const body = changed((arrays) => {
      for (const [name, array] of [...arrays]) {
        arrays.delete(name);
        if (name.startsWith('bert.')) arrays.set(name.slice('bert.'.length), array);
      }
    });
    const message = messageOf(() => importFiles(body));
    expect(message).toContain('Missing (7): cls.predictions.bias');
    expect(message).not.toContain('Unexpected');
  });

  it.each<[Files, string]>([
    [{}, 'no config.json'],
    [{ 'config.json': new TextEncoder().encode('{') }, 'config.json is not JSON'],
    [{ 'config.json': new TextEncoder().encode('[]') }, 'config.json is not a JSON object'],
    [{ 'config.json': new TextEncoder().encode('{"model_type":"gpt2"}') }, '"gpt2", which is not known here'],
    [{ 'config.json': files['config.json']! }, 'model.safetensors is missing'],
  ])('is refused with the reason when it is no model folder', (folder, reason) => {
    expect(messageOf(() => importFiles(folder))).toContain(reason);
  });

  it('is refused when it holds one half of a pair', () => {
    const half = {
      'config.json': new TextEncoder().encode('{"model_type":"electra","architectures":["ElectraForMaskedLM"]}'),
    };
    expect(messageOf(() => importFiles(half))).toContain('ElectraForPreTraining is missing');
  });
});
