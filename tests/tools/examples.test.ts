import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { main } from './examples.ts';

afterEach(() => vi.restoreAllMocks());

interface Line {
  readonly tokens: readonly string[];
  readonly inputTokens: readonly string[];
  readonly labels: readonly (string | null)[];
  readonly segments: readonly number[];
  readonly pairLabel?: number;
  readonly order?: readonly number[];
  readonly replaced?: readonly number[];
  readonly decoderInputTokens?: readonly string[];
}

async function call(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  const code = await main([...args]);
  vi.restoreAllMocks();
  const text = out.join('');
  const lines = text === '' ? [] : text.trimEnd().split('\n');
  return { code, text, errors: err.join(''), examples: lines.map((line) => JSON.parse(line) as Line) };
}

test.each([
  'nsp+mlm',
  'sop+mlm',
  'packed+mlm',
  'contiguous+mlm',
  'contiguous+plm',
  'contiguous+rtd',
  'contiguous+causal',
])('%s: a line an example, and each label is the token at its place', async (recipe) => {
  const { code, errors, examples } = await call('--recipe', recipe, '--count', '20', '--seed', '7');
  expect([code, errors, examples.length]).toEqual([0, '', 20]);
  for (const { tokens, inputTokens, labels, segments, order, replaced, pairLabel } of examples) {
    expect([inputTokens.length, labels.length, segments.length]).toEqual(new Array(3).fill(tokens.length));
    expect(labels.every((label, i) => label === null || label === tokens[i])).toBe(true);
    expect(labels.some((label) => label !== null)).toBe(true);
    expect(pairLabel === undefined).toBe(!/^(nsp|sop)/.test(recipe));
    if (order) expect(order.toSorted((a, b) => a - b)).toEqual(tokens.map((_, i) => i));
    if (replaced) expect(replaced).toEqual(tokens.map((token, i) => (inputTokens[i] === token ? 0 : 1)));
  }
});

test('denoising writes the whole text back', async () => {
  const { examples } = await call('--recipe', 'contiguous+denoise', '--count', '5');
  for (const { tokens, labels, decoderInputTokens } of examples) {
    expect(labels).toEqual(tokens);
    expect(decoderInputTokens).toEqual(['[SEP]', ...tokens.slice(0, -1)]);
  }
});

test('one seed gives one output, another seed another, and more examples begin with the same', async () => {
  const of = (seed: string, count: string) => call('--recipe', 'nsp+mlm', '--seed', seed, '--count', count);
  const [same, again, other, more] = [await of('7', '3'), await of('7', '3'), await of('8', '3'), await of('7', '5')];
  expect(again.text).toBe(same.text);
  expect(other.text).not.toBe(same.text);
  expect(more.text.startsWith(same.text)).toBe(true);
});

test('options go to whichever part has them', async () => {
  const options = '{"rate":0.5,"maskShare":1,"randomShare":0,"sentencesPerSegment":1}';
  const { examples } = await call('--recipe', 'nsp+mlm', '--count', '10', '--options', options);
  for (const { tokens, inputTokens, labels } of examples) {
    expect(tokens.filter((token) => token === '.').length).toBe(2);
    expect(inputTokens.filter((token) => token === '[MASK]').length).toBe(
      labels.filter((label) => label !== null).length,
    );
  }
});

test.each([
  [[], '--recipe is missing'],
  [['--recipe', 'nsp'], '--recipe is "nsp", but it must be a pairing and a noising joined by "+"'],
  [['--recipe', 'nsp+mlm', '--count', 'many'], '--count is "many", but it must be a whole number of at least 0.'],
  [['--recipe', 'nsp+mlm', '--options', '[1]'], '--options is [1], but it must be a JSON object'],
  [['--recipe', 'nsp+mlm', '--options', '{"rate":2}'], 'Masking rate (rate) is 2, but it must be between 0 and 1.'],
  [['--recipe', 'nsp+mlm', '--options', '{"speed":2}'], 'There is no option "speed" here'],
  [['--recipe', 'nsp+mlm', '--corpus', 'bible'], '--corpus is "bible", but it must be one of'],
  [['--recipe', 'nsp+mlm', '--text', 'no such file'], '--text is "no such file", but there is no such file'],
  [['--recipe', 'nsp+mlm', '--colour', 'red'], "Unknown option '--colour'"],
])('a mistake is told on the error stream with code 2: %j', async (args, message) => {
  const { code, text, errors } = await call(...args);
  expect(code).toBe(2);
  expect(text).toBe('');
  expect(errors).toContain(message);
});

test('a text of one document cannot be asked for next sentences', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'examples-'));
  const file = join(folder, 'text.txt');
  await writeFile(file, 'The cat sat. The dog ran far. It was hot.\nThe sun rose.\n');
  const nsp = await call('--recipe', 'nsp+mlm', '--text', file, '--count', '1');
  const sop = await call('--recipe', 'sop+mlm', '--text', file, '--count', '4');
  await rm(folder, { recursive: true });
  expect([nsp.code, nsp.text]).toEqual([2, '']);
  expect(nsp.errors).toContain('this text has 1; separate documents by an empty line.');
  expect([sop.code, sop.examples.length]).toEqual([0, 4]);
});
