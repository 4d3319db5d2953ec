import { describe, expect, it, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { type NumberArray, read, write } from '../../src/hub/safetensors.ts';
import { blueprints } from '../../src/models/catalog.ts';
import {
  chosen,
  exported,
  type FilesByPath,
  numbersIn,
  open,
  takenApart,
  toBytes,
  toJson,
  withHeader,
  zipped,
} from '../support/model-files.ts';

const { files, state } = exported('bert');
const weights = files['model.safetensors']!;
const name = 'model.safetensors';

async function said(what: FilesByPath): Promise<string> {
  try {
    const model = await open(what);
    await numbersIn(model);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return 'nothing was thrown';
}

function changed(change: (arrays: Map<string, NumberArray>) => void): FilesByPath {
  const arrays = read(weights);
  change(arrays);
  return { ...files, [name]: write(arrays) };
}
const withConfig = (entries: object): FilesByPath => ({
  ...files,
  'config.json': toBytes({ ...toJson(files['config.json']), ...entries }),
});
/** The weights in another number type, two bytes each. */
function inHalves(dtype: string, convert: (value: number) => number): Uint8Array {
  const { header, data } = takenApart(weights);
  const numbers = new Float32Array(data.slice().buffer);
  const halves = Uint16Array.from(numbers, convert);
  const entries = Object.entries(header).map(([key, value]) => {
    const { data_offsets: at, ...rest } = value as { data_offsets?: number[] };
    return [key, at ? { ...rest, dtype, data_offsets: at.map((byte) => byte / 2) } : value];
  });
  return withHeader(Object.fromEntries(entries), new Uint8Array(halves.buffer));
}
const brain = (value: number) => new Uint32Array(new Float32Array([value]).buffer)[0]! >>> 16;

describe('a model in files', () => {
  it.each(Object.keys(blueprints))(
    'gives back every number of %s: as files, stored and deflated in a zip',
    async (id) => {
      const one = exported(id);
      for (const what of [one.files, zipped(one.files, 0), zipped(one.files, 6)]) {
        const model = await open(what);
        expect(model.blueprint.id).toBe(id);
        expect(model.lacking).toEqual([]);
        expect(await numbersIn(model)).toEqual(one.state);
      }
    },
  );

  it('may lie in a folder, and has its tokenizer beside it', async () => {
    const below = Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`a/b/${path}`, bytes]));
    expect([...(await open(below)).rest.keys()]).toContain('tokenizer.json');
  });

  it('may have its weights in several files with an index', async () => {
    const arrays = [...read(weights)];
    const shards = { 'a.safetensors': arrays.slice(0, 5), 'b.safetensors': arrays.slice(5) };
    const map = Object.entries(shards).flatMap(([file, some]) => some.map(([key]) => [key, file]));
    const { [name]: _, ...rest } = files;
    const sharded = {
      ...rest,
      'a.safetensors': write(new Map(shards['a.safetensors'])),
      'b.safetensors': write(new Map(shards['b.safetensors'])),
      'model.safetensors.index.json': toBytes({ weight_map: Object.fromEntries(map) }),
    };
    expect(await numbersIn(await open(sharded))).toEqual(state);
    const { 'b.safetensors': __, ...less } = sharded;
    expect(await said(less)).toContain('names files that are not there: b.safetensors. Choose all files');
  });

  it('may hold halves of either kind', async () => {
    const asBrain = await numbersIn(await open({ ...files, [name]: inHalves('BF16', brain) }));
    for (const [key, values] of state)
      values.forEach((value, i) => {
        expect(Math.abs(asBrain.get(key)![i]! - value)).toBeLessThanOrEqual(Math.abs(value) / 128);
      });
    const ones = await numbersIn(await open({ ...files, [name]: inHalves('F16', () => 0x3c00) }));
    expect([...ones.values()].every((values) => values.every((value) => value === 1))).toBe(true);
  });

  it('may lack heads that its class has not, which are zeros then', async () => {
    const less = changed((arrays) => {
      for (const key of [...arrays.keys()]) if (/^bert\.pooler|^cls\.seq/.test(key)) arrays.delete(key);
    });
    const model = await open({
      ...less,
      'config.json': withConfig({ architectures: ['BertForMaskedLM'] })['config.json']!,
    });
    expect(model.lacking).toHaveLength(4);
    expect((await numbersIn(model)).get('model.cls.seq_relationship.bias')).toEqual(new Float32Array(2));
    expect(await said(less)).toContain('Missing (4): bert.pooler.dense.weight');
  });

  it('reads pieces, never a file as a whole', async () => {
    const pieces: number[] = [];
    const asked = chosen({ ...files, [name]: changed(() => undefined)[name]! }).map(({ path, blob }) => {
      const slice = (begin: number, end: number) => {
        if (path === name) pieces.push(end - begin);
        return Blob.prototype.slice.call(blob, begin, end);
      };
      return { path, blob: Object.defineProperty(blob, 'slice', { value: slice }) };
    });
    const { gather } = await import('../../src/hub/gathered.ts');
    const { openModel } = await import('../../src/hub/model-folder.ts');
    const model = await openModel(await gather(asked));
    expect(pieces).toHaveLength(2);
    const largest = Math.max(...[...state.values()].map(({ length }) => 4 * length));
    pieces.length = 0;
    await numbersIn(model);
    expect(Math.max(...pieces)).toBe(largest);
  });

  it('is ended in the middle by an abort', async () => {
    const stop = new AbortController();
    const model = await open(files);
    const reading = model.load(
      () => ({ put: () => stop.abort(new Error('enough')), end: () => undefined }),
      undefined,
      stop.signal,
    );
    await expect(reading).rejects.toThrow('enough');
  });
});

describe('what does not fit', () => {
  it('is told all at once', async () => {
    const spoilt = changed((arrays) => {
      arrays.delete('bert.pooler.dense.bias');
      arrays.set('odd_proto', { shape: [1], data: new Float32Array(1) });
      arrays.set('cls.predictions.bias', { shape: [3], data: new Float32Array(3) });
    });
    // A name that no object can be given in code.
    const { header, data } = takenApart(spoilt[name]!);
    const text = await said({
      ...spoilt,
      [name]: withHeader(JSON.stringify(header).replace('odd_proto', '__proto__'), data),
    });
    expect(text).toContain('Missing (1): bert.pooler.dense.bias.');
    expect(text).toContain('Unexpected (1): __proto__.');
    expect(text).toContain('expected cls.predictions.bias [12], found [3]');
    expect(text).toContain('Choose weights and config.json of the same folder');
  });

  it('is told by name, however much it is', async () => {
    const gone = [...read(weights).keys()].filter((key) => key.includes('.encoder.'));
    const text = await said(changed((arrays) => gone.forEach((key) => void arrays.delete(key))));
    expect([gone.length, gone.filter((key) => !text.includes(key))]).toEqual([16, []]);
  });

  it('may be left over where the architecture has no place for it, but not as one layer more', async () => {
    const extra = (key: string) => changed((arrays) => arrays.set(key, { shape: [1], data: new Float32Array(1) }));
    const model = await open(extra('qa_outputs.bias'));
    expect(model.unused).toEqual(['qa_outputs.bias']);
    expect(await numbersIn(model)).toEqual(state);
    const layer = 'bert.encoder.layer.1.output.dense.bias';
    expect(await said(extra(layer))).toContain(`Unexpected (1): ${layer}.`);
  });

  it('of a tie is told, too', async () => {
    const tied = 'cls.predictions.decoder.weight';
    const table = () => read(weights).get('bert.embeddings.word_embeddings.weight')!;
    const same = changed((arrays) => arrays.set(tied, table()));
    expect(await numbersIn(await open(same))).toEqual(state);
    const other = changed((arrays) => arrays.set(tied, { ...table(), data: new Float32Array(48) }));
    expect(await said(other)).toContain(`${tied} differs from bert.embeddings.word_embeddings.weight`);
  });

  const at = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
  const four = new Uint8Array(4);
  test.each<[string, Uint8Array, string]>([
    ['is empty', new Uint8Array(0), 'it has 0 bytes, fewer than the 8'],
    ['is cut short', weights.slice(0, -7), 'bytes, but'],
    [
      'has a header beyond its end',
      withHeader({}, four, 2n ** 62n),
      'its header should have 4611686018427387904 bytes',
    ],
    ['has no JSON', withHeader('{', four), 'its header is not JSON'],
    ['has a list', withHeader([], four), 'not a JSON object'],
    ['has overlapping tensors', withHeader({ a: at, b: at }, four), 'the data of b begin at byte 0 instead of 4'],
    [
      'has tensors beyond its end',
      withHeader({ a: { ...at, shape: [1e9], data_offsets: [0, 4e9] } }, four),
      '4000000000',
    ],
    ['has a shape too large to count', withHeader({ a: { ...at, shape: [1e300, 1e300] } }, four), 'has the shape'],
    ['has a billion dimensions', withHeader({ a: { ...at, shape: new Array(1e5).fill(1) } }, four), '100000 in all'],
    ['has a dimension of a billion', withHeader({ a: { ...at, shape: [1e9, 1e9, 1e9] } }, four), 'is given 4'],
    ['has a negative offset', withHeader({ a: { ...at, data_offsets: [-4, 0] } }, four), 'has the offsets [-4,0]'],
    ['has an unknown type', withHeader({ a: { ...at, dtype: 'constructor' } }, four), '"constructor", which is not'],
    ['has null for a tensor', withHeader({ a: null }, four), 'which is not read here'],
  ])('is said of a file that %s', async (_, bytes, sentence) => {
    const text = await said({ ...files, [name]: bytes });
    expect(text).toContain(sentence);
    expect(text).toMatch(/^.{20,500}Choose.*\.$/);
  });

  it('is said of whole numbers in the place of weights', async () => {
    const { header, data } = takenApart(weights);
    const key = 'bert.pooler.dense.bias';
    const whole = { ...header, [key]: { ...(header[key] as object), dtype: 'I32' } };
    expect(await said({ ...files, [name]: withHeader(whole, data) })).toContain(
      `${key} holds I32, not F32, F16 or BF16`,
    );
  });

  test.each<[string, FilesByPath, string]>([
    ['another model type', withConfig({ model_type: 'gpt2' }), 'the model type "gpt2", which is not known here'],
    ['a million layers', withConfig({ num_hidden_layers: 1e6 }), 'should have 1000000 layers alike'],
    [
      'a billion tokens',
      withConfig({ vocab_size: 1e9 }),
      'expected bert.embeddings.word_embeddings.weight [1000000000, 4]',
    ],
    [
      'two models',
      { ...files, 'b/config.json': files['config.json']! },
      'more than one model among the files: config.json (BERT) and b/config.json (BERT)',
    ],
    ['no config', { [name]: weights }, 'There is no config.json'],
    ['no weights', { 'config.json': files['config.json']! }, 'model.safetensors is missing'],
    ['a pickle', { 'config.json': files['config.json']!, 'pytorch_model.bin': weights }, 'may carry a program'],
    [
      'half of a pair',
      { 'config.json': exported('electra').files['generator/config.json']! },
      'is missing. Choose the files of all of them',
    ],
    ['a config of 2 MB', { ...files, 'config.json': new Uint8Array(2e6) }, 'at most 1 MB'],
    ['two zips', { ...zipped(files), 'b.zip': new Uint8Array(9) }, 'Choose one zip'],
    ['nothing', {}, 'There are no files in it'],
  ])('is said of a folder with %s', async (_, what, sentence) => {
    expect(await said(what)).toContain(sentence);
  });
});
