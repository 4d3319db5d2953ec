import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findCircle, type Import, importsOf, modulesIn } from './support/modules.ts';

/** Who may import whom. `types` may be named in types only; `values` says where not even values of an allowed layer may come in. */
interface Layer {
  readonly may: readonly string[];
  readonly types?: readonly string[];
  readonly values?: { readonly of: string; readonly notIn: RegExp };
  readonly packages: RegExp;
}

const pure = /^(pure-rand|valibot)(\/|$)/;
const pictures = /^(d3|svelte)(\/|$)/;

const layers: Readonly<Record<string, Layer>> = {
  core: { may: [], packages: pure },
  text: { may: ['core'], packages: /^(@huggingface\/tokenizers|@stdlib\/datasets-moby-dick)(\/|$)/ },
  objectives: { may: ['core', 'text'], packages: pure },
  nn: { may: ['core'], packages: /^@tensorflow\// },
  models: {
    may: ['core', 'nn'],
    types: ['objectives'],
    values: {
      of: 'nn',
      notIn: /(^|[/-])(spec|blocks?|block-differences|catalog|architecture|config-json|config-fields)\.ts$/,
    },
    packages: pure,
  },
  hub: { may: ['core', 'text', 'models'], packages: /^(fflate|valibot)(\/|$)/ },
  training: {
    may: ['core', 'text', 'objectives', 'nn', 'models', 'hub'],
    packages: /^(idb-keyval|valibot|fflate)(\/|$)/,
  },
  checks: { may: ['core', 'nn', 'models', 'hub'], types: ['objectives'], packages: /^$/ },
  figures: { may: ['core'], types: ['objectives'], packages: pictures },
  panels: {
    may: ['core', 'text', 'objectives', 'models', 'training', 'figures'],
    packages: /^(d3|svelte|valibot|tinykeys|fflate)(\/|$)/,
  },
  app: {
    may: [
      'core',
      'text',
      'objectives',
      'models',
      'hub',
      'training',
      'checks',
      'figures',
      'panels',
      'lesson',
      'lessons',
    ],
    packages:
      /^(d3|svelte|valibot|tinykeys|idb-keyval|yaml|markdown-it|markdown-it-footnote|@mdit\/plugin-tex|katex|terser|uqr|vite|node:.*|@fontsource-variable)(\/|$)/,
  },
  main: { may: ['app'], packages: /^svelte$/ },
  lesson: { may: ['core'], types: ['training'], packages: /^$/ },
  door: { may: ['figures'], packages: /^$/ },
  lessons: { may: ['core', 'door'], packages: /^(d3|svelte|valibot)(\/|$)/ },
};

/** What a lesson's own pictures see of the figures. */
const door = 'src/figures/door.ts';

/** `src/core/rng.ts` lies in core, `src/lesson.ts` in lesson, `lessons/01-x/A.svelte` in lessons. */
function layerOf(path: string): string {
  if (path === door) return 'door';
  if (path.startsWith('lessons/')) return 'lessons';
  return (
    path
      .replace(/^src\//, '')
      .split('/')[0]
      ?.replace(/\.ts$/, '') ?? ''
  );
}

/** An architecture's own folder; the shared one is nobody's. */
const architectureOf = (path: string) => /^src\/models\/(?!shared\/)([^/]+)\//.exec(path)?.[1];

function offence(one: Import): string | undefined {
  const from = layerOf(one.file);
  const layer = layers[from];
  const say = (why: string) => `${one.file}:${one.line} ${one.text} — ${why}`;
  if (!layer) return say(`there is no layer called ${from}`);
  if (one.isPackage) {
    if (layer.packages.test(one.target) || one.target.startsWith('virtual:')) return undefined;
    return say(`${from} may not use the package ${one.target}`);
  }
  const to = layerOf(one.target);
  // The compiler loads schemas in Node, where no component can be.
  if (one.file.endsWith('.props.ts')) return say('a schema of props stands alone');
  if (from === 'lessons' && to === 'lessons')
    return one.target.split('/')[1] === one.file.split('/')[1]
      ? undefined
      : say('a lesson may import its own folder only');
  if (to === from) {
    const [mine, other] = [architectureOf(one.file), architectureOf(one.target)];
    return mine && other && mine !== other ? say("an architecture may not import another's folder") : undefined;
  }
  if (one.typesOnly && layer.types?.includes(to)) return undefined;
  if (!layer.may.includes(to)) return say(`${from} may not import ${to}`);
  const { values } = layer;
  if (values?.of === to && !one.typesOnly && values.notIn.test(one.file))
    return say(`${from} may name ${to} here in types only`);
  if (from === 'panels' && to === 'models' && /forwards?\.ts$/.test(one.target)) return say('panels see specs only');
  return undefined;
}

const files = [...modulesIn('src'), ...modulesIn('lessons')];
const imports = files.flatMap((file) => importsOf(file));

describe('the layers', () => {
  it('import only what the table allows', () => {
    expect(imports.map(offence).filter((line) => line !== undefined)).toEqual([]);
  });

  it('name TensorFlow.js in nn alone', () => {
    const outside = imports.filter(({ file, target }) => target.startsWith('@tensorflow/') && layerOf(file) !== 'nn');
    expect(outside.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
  });

  // Models see the kernels through `layers` and `losses`, which put each beside its plain neighbours.
  const doors = [door, 'src/nn/tf.ts', 'src/nn/layers.ts', 'src/nn/losses.ts'];

  it('re-export values from their doors only', () => {
    const reExports = imports.filter(
      ({ text, typesOnly }) => text.startsWith('export') && text.includes(' from ') && !typesOnly,
    );
    expect(reExports.map(({ file }) => file).filter((file) => !doors.includes(file))).toEqual([]);
  });

  it('reach no tensor from what the page loads', () => {
    const engineDoors = ['src/checks/check-worker.ts', 'src/training/local.ts', 'src/training/worker.ts'];
    const graph = new Map(
      files.map((file) => [file, imports.filter((one) => one.file === file && !one.isPackage && !one.typesOnly)]),
    );
    const reached = new Map<string, string>();
    const visit = (file: string, from: string): void => {
      if (reached.has(file) || engineDoors.includes(file)) return;
      reached.set(file, from);
      for (const { target } of graph.get(file) ?? []) visit(target, file);
    };
    const starts = files.filter((file) => /\.svelte$|\/(spec|index|corpus|main)\.ts$/.test(file));
    for (const file of starts) visit(file, file);
    expect([...reached].filter(([file]) => layerOf(file) === 'nn').map(([file, from]) => `${from} → ${file}`)).toEqual(
      [],
    );
  });

  it('have no circle of imports', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        imports.filter((one) => one.file === file && !one.isPackage && !one.dynamic).map(({ target }) => target),
      ]),
    );
    expect(findCircle(graph)).toBeUndefined();
  });

  it('are told apart by this very test', () => {
    const said = (file: string, source: string) => importsOf(file, source).map(offence);
    expect(said('src/core/a.ts', "import { x } from '../text/b.ts';")).toEqual([
      "src/core/a.ts:1 import { x } from '../text/b.ts' — core may not import text",
    ]);
    expect(
      said(
        'src/models/bert/spec.ts',
        "import type { T } from '../../nn/tf.ts';\nimport { linear } from '../../nn/layers.ts';",
      ),
    ).toEqual([
      undefined,
      "src/models/bert/spec.ts:2 import { linear } from '../../nn/layers.ts' — models may name nn here in types only",
    ]);
    expect(said('src/models/electra/spec.ts', "import { s } from '../bert/spec.ts';")[0]).toContain("another's folder");
    expect(
      said(
        'src/figures/A.svelte',
        "<script>\nimport { scaleLinear } from 'd3';\nimport { mlm } from '../objectives/mlm/index.ts';",
      ),
    ).toEqual([
      undefined,
      "src/figures/A.svelte:3 import { mlm } from '../objectives/mlm/index.ts' — figures may not import objectives",
    ]);
    expect(
      said(
        'lessons/01-x/A.svelte',
        "<script>\nimport { palette } from '../../src/figures/door.ts';\nimport { wrap } from '../../src/figures/text.ts';",
      ),
    ).toEqual([
      undefined,
      "lessons/01-x/A.svelte:3 import { wrap } from '../../src/figures/text.ts' — lessons may not import figures",
    ]);
    expect(said('lessons/01-x/A.ts', "import type { Lab } from '../../src/panels/lab.svelte.ts';")[0]).toContain(
      'lessons may not import panels',
    );
    expect(said('lessons/01-x/A.props.ts', "import { percent } from '../../src/figures/door.ts';")[0]).toContain(
      'a schema of props stands alone',
    );
    expect(said('src/panels/A.svelte', "import { palette } from '../figures/door.ts';")[0]).toContain(
      'panels may not import door',
    );
    expect(said('src/app/a.ts', "const t = await import('../nn/tf.ts');")).toEqual([
      "src/app/a.ts:1 import('../nn/tf.ts' — app may not import nn",
    ]);
    expect(
      findCircle(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual(['b', 'c', 'b']);
  });
});

describe('files', () => {
  const all = [...files, ...modulesIn('tests')];

  it('are at most 250 lines long', () => {
    const long = all.map((file) => `${file} ${readFileSync(file, 'utf8').trimEnd().split('\n').length}`);
    expect(long.filter((line) => Number(line.split(' ')[1]) > 250)).toEqual([]);
  });

  it('are named after what they are', () => {
    expect(all.filter((file) => /(^|\/)(utils?|helpers?|common|misc|types)(\.[a-z.]+$|\/)/.test(file))).toEqual([]);
  });
});
