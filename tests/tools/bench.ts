import { resolve } from 'node:path';
import type { Figures, Report } from '../bench/measure.ts';
import { withModulePage } from '../support/module-page.ts';
import { dragged } from './dragging.ts';
import { lengthened } from './lengths.ts';
import { others } from './others.ts';
import { recorded } from './recording.ts';

const rounds = 6;

async function plainAgainstFused(asJson: boolean): Promise<string> {
  const module = `/@fs/${resolve('tests/bench/measure.ts').replaceAll('\\', '/').replace(/^\//, '')}`;
  // As text: the import must be the page's, not this process's.
  const report = await withModulePage('bench', (page) =>
    page.evaluate<Report>(`import(${JSON.stringify(module)}).then(({ report }) => report(${rounds}))`),
  );
  return asJson ? JSON.stringify(report) : table(report);
}

function table({ adapter, cases }: Report): string {
  const lines = [
    `adapter: ${adapter}`,
    'plain: TensorFlow.js ops and tf.train.adam, head on all positions, no clipping. fused: ours, head at the scored positions, AdamW with clipping; wasm: the same with plain kernels on WebAssembly.',
    '',
    'case         kernels  draws  encode ms (min / median)  step ms (min / median)  first step ms',
  ];
  for (const [name, figures] of Object.entries(cases)) {
    for (const kernels of ['plain', 'fused', 'wasm'] as const) {
      const { draws, encodeMs, stepMs, firstStepMs } = figures[kernels];
      lines.push(
        [
          name.padEnd(12),
          kernels.padEnd(8),
          String(draws).padStart(5),
          `${encodeMs.min} / ${encodeMs.median}`.padStart(24),
          `${stepMs.min} / ${stepMs.median}`.padStart(22),
          String(firstStepMs).padStart(13),
        ]
          .join('  ')
          .replace('  ', ' '),
      );
    }
    const { plain, fused, wasm } = figures;
    const ratio = (of: (one: Figures) => number) => (of(plain) / of(fused)).toFixed(1);
    lines.push(
      `${name}: plain ÷ fused: draws ${ratio(({ draws }) => draws)}, encode ${ratio(({ encodeMs }) => encodeMs.median)}, step ${ratio(({ stepMs }) => stepMs.median)}; plain ÷ wasm: step ${(plain.stepMs.median / wasm.stepMs.median).toFixed(1)}`,
    );
  }
  return lines.join('\n');
}

const usage = `Usage: npm run bench [-- --sweep [--missing] | --others | --lengths | --leaks | --recording | --drag] [--json]
Measures a training step in headless Chromium: plain against fused; with --sweep what it costs as each size grows, stored
in tests/bench/sweep.json and drawn in tests/bench/sweep.svg (--missing: only what is not stored yet); with --others
beside another package on a shared task; with --lengths as a text grows that is read in blocks or in full, and the
exponents of both; with --leaks what is held after 10,000 steps of each recipe on WebAssembly, and after 1,000 on WebGL,
that was not held before; with --recording what it costs to keep frames of a run; with --drag how the built site
follows a playhead that is dragged.
--json: one JSON object and nothing else. Exit code 2: there is no such option.`;

/** Prints or stores what a training step costs. */
export async function main(args: string[]): Promise<number> {
  const asJson = args.includes('--json');
  const isMissing = args[0] === '--sweep' && args.includes('--missing');
  const [mode, ...rest] = args.filter((arg) => arg !== '--json' && !(isMissing && arg === '--missing'));
  const modes = ['--sweep', '--others', '--lengths', '--leaks', '--recording', '--drag'];
  if (rest.length > 0 || (mode !== undefined && !modes.includes(mode))) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  if (mode === '--sweep') {
    // It brings the engine along.
    const { sweep } = await import('./sweep.ts');
    await sweep(isMissing);
    return 0;
  }
  if (mode === '--leaks') {
    const { leaks } = await import('./leaks.ts');
    process.stdout.write(`${await leaks(asJson)}\n`);
    return 0;
  }
  const made =
    { '--others': others, '--lengths': lengthened, '--recording': recorded, '--drag': dragged }[mode ?? ''] ??
    plainAgainstFused;
  const said = await made(asJson);
  process.stdout.write(`${said}\n`);
  return 0;
}
