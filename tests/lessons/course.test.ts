import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pascal } from '../../src/app/component-names.ts';
import { loadExperiment } from '../../src/app/experiments.ts';
import { course, loadLesson } from '../../src/app/lessons.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Act } from '../../src/lesson.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { noisings, pairings } from '../../src/objectives/catalog.ts';
import { makeExample } from '../../src/objectives/make.ts';
import { corpora } from '../../src/text/catalog.ts';
import { prepare, recipeOf } from '../../src/training/data.ts';
import { hide } from '../../src/training/hiding.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { lessonFolders } from '../support/lesson-folders.ts';

const panelsOf = (acts: readonly Act[]) =>
  acts.flatMap(({ steps }) =>
    steps.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'panel' ? [part] : []))),
  );

describe('the course', () => {
  it('is every folder of lessons, in the order of their numbers', () => {
    const folders = [...lessonFolders()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
    expect(course.map(({ slug }) => slug)).toEqual(folders.map(({ slug }) => slug));
  });

  it('says what to do with a hand where it is left out on paper, and nowhere else', async () => {
    const hands = /\bsliders?\b|\bdrag\b|◆|\bclick\b|press <strong>|\bpoint at\b/i;
    for (const { slug } of course) {
      const { acts } = (await loadLesson(slug))!;
      const told = acts.flatMap(({ steps }) =>
        steps.flatMap(({ id, parts }) =>
          parts.map((part) => `${id}: ${part.kind === 'prose' ? part.html : part.caption}`),
        ),
      );
      const onPaper = told.map((html) => html.replace(/<span class="screen-only">[\s\S]*?<\/span>/g, ''));
      expect(onPaper.filter((html) => hands.test(html))).toEqual([]);
    }
  });

  it('has no lesson of a name that is not there', async () => {
    expect(await loadLesson('nowhere')).toBeUndefined();
  });
});

describe.each(course.map(({ slug }) => slug))('the lesson %s', (slug) => {
  it('has the five acts', async () => {
    const lesson = await loadLesson(slug);
    expect(lesson?.acts.map(({ title }) => title)).toEqual(['Corrupt', 'See', 'Train', 'Claim', 'Check yourself']);
  });

  it('asks for a run that can be carried out', async () => {
    const run = (await loadLesson(slug))!.run;
    expect(blueprints).toHaveProperty(run.model.architecture);
    expect(pairings).toHaveProperty(run.recipe.pairing);
    expect(noisings).toHaveProperty(run.recipe.noising);
    expect(corpora).toHaveProperty(run.text.corpus);
    const { train, vocabulary } = await prepare(run.text);
    const { example } = makeExample(train, recipeOf(run), vocabulary, createRng('course'));
    expect(example.inputIds.length).toBeLessThanOrEqual(run.recipe.maxLength);
  });

  it('hides ordinary tokens of its probe sentence, all of them in the vocabulary', async () => {
    const { run, probe } = (await loadLesson(slug))!;
    const { tokenizer, vocabulary } = await prepare(run.text);
    // Who remembers may be asked about more than it reads at once.
    const { blueprint, config } = blueprintOf(run, vocabulary.size);
    const kept = pairings[run.recipe.pairing]?.follow ? blueprint.remembers!(config) : 0;
    const { inputIds, labels } = hide(
      tokenizer.encode(probe.sentence).slice(0, run.recipe.maxLength - 2 + kept),
      probe.hidden,
      vocabulary,
    );
    expect(labels.flatMap((label, i) => (label >= 0 ? [i] : []))).toEqual(probe.hidden);
    expect(inputIds).not.toContain(vocabulary.unknownId);
  });

  it('places only panels that exist, and sentences that the text knows', async () => {
    const { run, acts } = (await loadLesson(slug))!;
    const { tokenizer, vocabulary } = await prepare(run.text);
    for (const { name, props } of panelsOf(acts)) {
      expect(existsSync(`src/panels/${pascal(name)}Panel.svelte`)).toBe(true);
      // How unknown words are cut is what pieces are about.
      if (typeof props.sentence === 'string' && name !== 'pieces')
        expect(tokenizer.encode(props.sentence)).not.toContain(vocabulary.unknownId);
    }
  });

  it('has a stored result for every experiment it places: each arm from each seed', async () => {
    const { acts } = (await loadLesson(slug))!;
    for (const { props } of panelsOf(acts)) {
      if (typeof props.experiment !== 'string') continue;
      const { experiment, result } = (await loadExperiment(slug, props.experiment))!;
      const wanted = experiment.seeds.flatMap((seed) => experiment.arms.map(({ label }) => [label, seed]));
      expect(wanted.length).toBeGreaterThanOrEqual(2 * 3);
      expect(result?.outcomes.map(({ arm, seed }) => [arm, seed])).toEqual(wanted);
    }
  });

  it('says in whole sentences what every picture shows', () => {
    const folder = readdirSync('lessons').find((name) => name.endsWith(`-${slug}`));
    const captions = [...readFileSync(`lessons/${folder}/lesson.md`, 'utf8').matchAll(/^caption: (.*)$/gm)].map(
      ([, text = '']) => text.replace(/^'(.*)'$/, '$1'),
    );
    const onScreen = captions.map((caption) => caption.replace(/\[([^\]]+)\]\{\.screen\}/g, '$1'));
    const onPaper = captions.map((caption) => caption.replace(/ ?\[[^\]]+\]\{\.screen\} ?/g, ''));
    expect([...onScreen, ...onPaper].filter((caption) => !/^[A-Z].*[.!?]$/.test(caption))).toEqual([]);
  });
});
