import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/app/lessons/compile.ts';
import { panels } from '../../src/app/lessons/site.ts';
import { runFrom } from '../../src/training/settings.ts';

const head = `---
title: A lesson
question: Does it compile?
minutes: 5
source: { paper: bert, where: §3.1 }
probe: { sentence: the cat sat ., hidden: [2] }
run:
  layers: 3
---
`;
const drawing = v.strictObject({ counts: v.array(v.number()) });
const around = {
  resolves: (address: string) => address === '#/play',
  panels,
  pictures: { Drawing: drawing, Plain: undefined },
};
const lesson = (body: string, front = head) => compile(front + body, 'lessons/01-a/lesson.md', around);
const mistake = (body: string, front = head) => {
  try {
    lesson(body, front);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no mistake';
};
const step = (prose: string) => `
## Act

### Step {#step}

${prose}
`;

describe('a lesson', () => {
  it('names parts of the model, and only those that there are', () => {
    const [first] = lesson(step('Its [heads]{.attention} look.')).acts[0]!.steps[0]!.parts;
    expect(first).toMatchObject({
      html: '<p>Its <button type="button" class="part" data-part="attention">heads</button> look.</p>',
    });
    expect(mistake(step('Its [heart]{.heart} beats.'))).toMatch(/\{\.heart\} is no part of the model; there are emb/);
  });
  it('marks what is to be done with a hand, which may hold other marks', () => {
    const [first] = lesson(step('It stands. [Drag **the** `◆`.]{.screen} It moved.')).acts[0]!.steps[0]!.parts;
    expect(first).toMatchObject({
      html: '<p>It stands. <span class="screen-only">Drag <strong>the</strong> <code>◆</code>.</span> It moved.</p>',
    });
  });
  it('becomes acts of steps of prose and pictures', () => {
    const { title, run, acts } = lesson(`
## First

### One {#one}

A word.

\`\`\`panel masking
sentence: the cat sat .
caption: What *you* see.
\`\`\`

After it.

### Two {#two}

More.

## Second

### Three {#three}

\`\`\`figure Drawing
counts: [1, 2]
caption: Drawn here.
\`\`\`
`);
    expect(title).toBe('A lesson');
    expect(run).toEqual(runFrom({ layers: 3 }));
    expect(acts).toEqual([
      {
        title: 'First',
        steps: [
          {
            id: 'one',
            title: 'One',
            parts: [
              { kind: 'prose', html: '<p>A word.</p>' },
              {
                kind: 'panel',
                name: 'masking',
                props: { sentence: 'the cat sat .' },
                caption: 'What <em>you</em> see.',
              },
              { kind: 'prose', html: '<p>After it.</p>' },
            ],
          },
          { id: 'two', title: 'Two', parts: [{ kind: 'prose', html: '<p>More.</p>' }] },
        ],
      },
      {
        title: 'Second',
        steps: [
          {
            id: 'three',
            title: 'Three',
            parts: [{ kind: 'figure', name: 'Drawing', props: { counts: [1, 2] }, caption: 'Drawn here.' }],
          },
        ],
      },
    ]);
  });

  it('sets citations, formulas, tables and footnotes', () => {
    const { acts } = lesson(step('See [@bert, Table 5]: $x^2$.[^1]\n\n| a |\n|---|\n| b |\n\n[^1]: A note.'));
    const [part] = acts[0]?.steps[0]?.parts ?? [];
    const html = part?.kind === 'prose' ? part.html : '';
    expect(html).toContain('href="https://arxiv.org/abs/1810.04805"');
    expect(html).toContain('>Devlin et al. 2019, Table 5</a>');
    expect(html).toContain('<annotation encoding="application/x-tex">x^2</annotation>');
    expect(html).toContain('<div class="table" tabindex="0" role="region" aria-label="Table"><table>');
    expect(html).toContain('A note.');
  });

  it('lets a wide formula or table be scrolled to by keyboard', () => {
    const html = JSON.stringify(lesson(step('$$\na + b\n$$\n\n| a | b |\n|---|---|\n| 1 | 2 |\n')));
    expect(html).toMatch(/katex-display\\" tabindex=\\"0\\"/);
    expect(html).toMatch(/class=\\"table\\" tabindex=\\"0\\"/);
  });

  it('may hold a fence that is no picture, with headings and links inside', () => {
    expect(mistake(step('```\n# not a heading\n## nor this\n```\n\n[on](#/play)'))).toBe('no mistake');
  });
});

describe('a mistake in a lesson stops the build and names file and line:', () => {
  const at = (line: number) => `lessons/01-a/lesson.md:${line} `;
  it.each([
    [
      'a paper that is not in the bibliography',
      'One.\n\nTwo [@nobody].',
      `${at(17)}[@nobody] is no paper of the bibliography (src/core/papers.ts).`,
    ],
    ['a formula that cannot be set', 'One\ntwo $\\frac{1}$ three.', `${at(16)}has a formula that cannot be set`],
    [
      'a link that leads nowhere',
      'One.\n\n[x](#/lesson/none)',
      `${at(17)}has a link that leads nowhere: #/lesson/none`,
    ],
    ['a footnote without its note', 'One.[^a]', `${at(15)}has a footnote mark without its note in the same step`],
    ['a panel that does not exist', '```panel mosking\ncaption: x\n```', `${at(15)}there is no panel called "mosking"`],
    [
      'a prop that the panel does not have',
      '```panel masking\ncaption: x\nsentense: y\n```',
      `${at(17)}sentense: Invalid key`,
    ],
    ['a prop of the wrong kind', '```panel lab\nstopAt: soon\ncaption: x\n```', `${at(16)}stopAt: Invalid type`],
    [
      'a prop of the wrong kind in the middle of a picture of the lesson',
      '```figure Drawing\ncaption: x\ncounts:\n  - 1\n  - two\n```',
      `${at(19)}counts.1: Invalid type`,
    ],
    ['a picture that lacks a prop', '```figure Drawing\ncaption: x\n```', `${at(16)}counts: Invalid key`],
    [
      'a prop of a picture that says of none',
      '```figure Plain\ncaption: x\nsize: 3\n```',
      `${at(17)}size: Invalid key`,
    ],
    [
      'a picture that does not exist',
      '```figure Dreaming\ncaption: x\n```',
      `${at(15)}there is no figure called "Dreaming"`,
    ],
    ['a picture without a caption', '```panel lab\nstopAt: 5\n```', `${at(16)}caption: Invalid key`],
    ['YAML that is none', '```panel lab\ncaption: [x\n```', `${at(16)}is not YAML`],
    ['a fence that is never closed', '```panel lab\ncaption: x', `${at(15)}opens a fence that is never closed.`],
    ['an image', '![x](y.png)', `${at(15)}has`],
    ['a step without a word', '', `${at(13)}is a step without a word or a picture.`],
    [
      'two steps of one address',
      'A.\n\n### Again {#step}\n\nB.',
      `${at(17)}has the address "step", which another step has.`,
    ],
    ['a step without an address', 'A.\n\n### Again\n\nB.', `${at(17)}is a step without an address`],
    ['text in an act but in no step', 'A.\n\n## Next\n\nLoose.', `${at(19)}stands in an act but in no step (###).`],
    ['an act without a step', 'A.\n\n## Next', `has no step in the act "Next".`],
  ])('%s', (_, prose, message) => {
    expect(mistake(step(prose))).toContain(message);
  });

  it('a run that cannot be meant', () => {
    expect(mistake(step('A.'), head.replace('layers: 3', 'layers: 300'))).toContain(
      'Layers is 300, but it must be a whole number from 1 to 12.',
    );
    expect(mistake(step('A.'), head.replace('layers: 3', 'lairs: 3'))).toContain(
      `${at(8)}run.lairs: is no setting of a run`,
    );
  });

  it('a title page that lacks something', () => {
    expect(mistake(step('A.'), head.replace('minutes: 5\n', ''))).toContain('minutes: Invalid key');
    expect(mistake(step('A.'), '')).toContain(`${at(1)}must begin with its title`);
  });
});
