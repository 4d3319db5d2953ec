import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { read, write } from '../../src/hub/safetensors.ts';
import { main } from './parity.ts';

const folders: string[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

/** What the tool answers and what it writes. */
async function run(...args: string[]) {
  let out = '';
  let err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text;
    return true;
  });
  const code = await main(args);
  vi.restoreAllMocks();
  return { code, out, err };
}

/** A copy of a fixture. */
async function copy(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parity-'));
  folders.push(folder);
  await cp(`tests/fixtures/${name}`, folder, { recursive: true });
  return folder;
}

/** A copy of a fixture with one piece of text replaced in one file. */
async function altered(name: string, file: string, from: string | RegExp, to: string): Promise<string> {
  const folder = await copy(name);
  const before = await readFile(join(folder, file), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  await writeFile(join(folder, file), after);
  return folder;
}

describe('npm run parity', () => {
  it('prints one line an output and answers 0 where all agree', async () => {
    const { code, out, err } = await run('tests/fixtures/bert-fresh');
    expect(err).toBe('');
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(lines.map((line) => line.split('\t')[0])).toEqual([
      'prediction_logits',
      'seq_relationship_logits',
      'hidden_states',
      'attentions',
    ]);
    for (const line of lines) expect(Number(line.split('\t')[1])).toBeLessThan(1e-5);
  });

  it('answers 1 where one number is off', async () => {
    const folder = await altered('bert-noise', 'io.json', /("seq_relationship_logits":\[\[)-?[0-9.]+/, '$19.5');
    const { code, out } = await run(folder, '--backend', 'cpu');
    expect(code).toBe(1);
    expect(Number(/seq_relationship_logits\t(\S+)/.exec(out)?.[1])).toBeGreaterThan(1);
  });

  it('answers 1 and says why where an output has another shape or is not known', async () => {
    const folder = await altered('bert-fresh', 'io.json', '"attentions":', '"pooled":[[1]],"attentions":');
    const { code, out } = await run(folder);
    expect(code).toBe(1);
    expect(out).toContain('pooled\tis not computed here');
  });

  it('knows a class that lacks some heads', async () => {
    const folder = await altered('bert-noise', 'io.json', '"prediction_logits"', '"logits"');
    const io = JSON.parse(await readFile(join(folder, 'io.json'), 'utf8'));
    delete io.outputs.seq_relationship_logits;
    await writeFile(join(folder, 'io.json'), JSON.stringify({ ...io, class: 'BertForMaskedLM' }));
    const weights = read(new Uint8Array(await readFile(join(folder, 'model.safetensors'))));
    for (const name of [...weights.keys()])
      if (name.startsWith('bert.pooler') || name.startsWith('cls.seq_relationship')) weights.delete(name);
    await writeFile(join(folder, 'model.safetensors'), write(weights));
    expect((await run(folder)).code).toBe(0);
  });

  it.each<[string, string, string | RegExp, string, string]>([
    ['model type', 'config.json', '"bert"', '"gpt2"', '"gpt2", which is not known here'],
    ['class', 'io.json', 'BertForPreTraining', 'BertModel', 'the class BertModel'],
    ['input', 'io.json', '"attention_mask"', '"inputs_embeds"', 'the input inputs_embeds, which is not supported'],
    ['shape', 'io.json', '"input_ids":[[', '"input_ids":[[[', 'not JSON'],
    ['token', 'io.json', '"input_ids":[[15', '"input_ids":[[77', 'input_ids in io.json holds 77'],
    ['length', 'config.json', '"max_position_embeddings": 11', '"max_position_embeddings": 8', 'rows of 9'],
    ['size', 'config.json', '"intermediate_size": 20', '"intermediate_size": 24', 'Of another shape (6)'],
    ['activation', 'config.json', '"gelu"', '"silu"', 'one of gelu, gelu_new, relu'],
  ])('answers 2 with a sentence where a folder has a wrong %s', async (_, file, from, to, sentence) => {
    const { code, out, err } = await run(await altered('bert-fresh', file, from, to));
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(sentence);
  });

  it('answers 2 where a file is missing', async () => {
    const folder = await copy('bert-fresh');
    await rm(join(folder, 'model.safetensors'));
    const { code, err } = await run(folder);
    expect(code).toBe(2);
    expect(err).toContain('model.safetensors cannot be read');
  });

  it.each([[[]], [['a', 'b']], [['a', '--backend', 'abacus']]])(
    'answers 2 with its usage when called wrongly: %j',
    async (args) => {
      const { code, err } = await run(...args);
      expect(code).toBe(2);
      expect(err).toContain('Usage: npm run parity -- DIR [--backend cpu|webgl]');
    },
  );
});
