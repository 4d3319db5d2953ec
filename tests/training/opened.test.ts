import { beforeAll, describe, expect, it } from 'vitest';
import { questionOf } from '../../src/app/pages/look/asking.ts';
import { AppError } from '../../src/core/errors.ts';
import { flatten } from '../../src/core/params.ts';
import { openTokenizer } from '../../src/hub/model-tokenizer.ts';
import { blueprints } from '../../src/models/catalog.ts';
import * as tf from '../../src/nn/tf.ts';
import { modelOf, planFor } from '../../src/panels/lab/model.ts';
import { createOpened } from '../../src/training/opened.ts';
import type { Message } from '../../src/training/protocol.ts';
import { runFrom } from '../../src/training/settings.ts';
import { chosen, exported, type FilesByPath, open, words } from '../support/model-files.ts';
import '../support/pictures.ts';

beforeAll(() => tf.useBackend('cpu'));

/** A session of one model, and what it says. */
function session() {
  const said: Message[] = [];
  const opened = createOpened((message) => said.push(message), { limits: () => undefined });
  const frames = () => said.flatMap((message) => (message.type === 'viewed' ? [message.frame] : []));
  return { opened, said, frames };
}

const sentence = 'the cats sat';

describe.each(Object.keys(blueprints))('%s from files', (id) => {
  const { files } = exported(id);
  const ask = async (hidden: readonly number[]) => {
    const model = await open(files);
    return { model, ...questionOf(model, await openTokenizer(model.rest, words.length), sentence, hidden) };
  };

  it('guesses at the hidden places, and shows its heads', async () => {
    const { opened, frames } = session();
    const { model, probe } = await ask([1, 3]);
    await opened.tell({ type: 'open', id: 1, files: chosen(files) });
    await opened.tell({ type: 'view', id: 2, example: probe.examples[0]! });
    const [frame] = frames();
    expect(frame?.guesses?.map(({ place }) => place)).toEqual([1, 3]);
    for (const { top } of frame!.guesses!) expect(top.reduce((sum, { share }) => sum + share, 0)).toBeLessThan(1.001);
    const run = runFrom({ architecture: id, ...model.blueprint.recipe });
    const { vocabulary } = await openTokenizer(model.rest, words.length);
    const drawn = modelOf({ run, vocabulary, probe, frame: frame! }, planFor(model));
    expect(drawn.blocks.filter(({ maps }) => maps).length).toBeGreaterThan(0);
    expect(drawn.rows[0]?.chips.map(({ token }) => token)).toContain('cat');
  });

  it('leaves no tensor behind when another one takes its place', async () => {
    const { opened } = session();
    const { probe } = await ask([2]);
    const turn = async () => {
      await opened.tell({ type: 'open', id: 1, files: chosen(files) });
      await opened.tell({ type: 'view', id: 2, example: probe.examples[0]! });
      return tf.memory().numTensors;
    };
    const first = await turn();
    expect(await turn()).toBe(first);
  });
});

it('a sentence that is too long is cut before its end mark, and one without a token is refused', async () => {
  const model = await open(exported('bert').files);
  const tokenizer = await openTokenizer(model.rest, words.length);
  const { probe, cut, hidden } = questionOf(model, tokenizer, 'the cat sat on the mat . the cat', undefined);
  expect(probe.original).toEqual([2, 5, 6, 7, 10, 5, 11, 3]);
  expect([cut, hidden]).toEqual([3, [4]]);
  expect(() => questionOf(model, tokenizer, '[SEP]', undefined)).toThrow(AppError);
});

it('what cannot be read leaves the model before it standing', async () => {
  const { opened, frames } = session();
  const { files } = exported('bert');
  const model = await open(files);
  const { probe } = questionOf(model, await openTokenizer(model.rest, words.length), sentence, [1]);
  await opened.tell({ type: 'open', id: 1, files: chosen(files) });
  const weights = files['model.safetensors']!;
  const bad: FilesByPath = { ...files, 'model.safetensors': weights.slice(0, -4) };
  await expect(opened.tell({ type: 'open', id: 2, files: chosen(bad) })).rejects.toThrow('bytes, but');
  const before = tf.memory().numTensors;
  expect(before).toBeGreaterThanOrEqual(flatten(model.blueprint.spec(model.config)).length);
  await opened.tell({ type: 'view', id: 3, example: probe.examples[0]! });
  expect(frames()).toHaveLength(1);
});
