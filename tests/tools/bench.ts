import { resolve } from 'node:path';
import type { Figures, Report } from '../bench/measure.ts';
import { withModulePage } from '../support/module-page.ts';

const rounds = 6;

async function run(): Promise<Report> {
  const module = `/@fs/${resolve('tests/bench/measure.ts').replaceAll('\\', '/').replace(/^\//, '')}`;
  // As text: the import must be the page's, not this process's.
  return withModulePage('bench', (page) =>
    page.evaluate<Report>(`import(${JSON.stringify(module)}).then(({ report }) => report(${rounds}))`),
  );
}

function table({ adapter, cases }: Report): string {
  const lines = [
    `adapter: ${adapter}`,
    'plain: TensorFlow.js ops and tf.train.adam, head on all positions, no clipping. fused: ours, head at the scored positions, AdamW with clipping.',
    '',
    'case         kernels  draws  encode ms (min / median)  step ms (min / median)  first step ms',
  ];
  for (const [name, figures] of Object.entries(cases)) {
    for (const kernels of ['plain', 'fused'] as const) {
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
    const { plain, fused } = figures;
    const ratio = (of: (one: Figures) => number) => (of(plain) / of(fused)).toFixed(1);
    lines.push(
      `${name}: plain ÷ fused: draws ${ratio(({ draws }) => draws)}, encode ${ratio(({ encodeMs }) => encodeMs.median)}, step ${ratio(({ stepMs }) => stepMs.median)}`,
    );
  }
  return lines.join('\n');
}

/** Measures one training step, plain against fused, in headless Chromium. `--json`: one JSON object and nothing else. */
export async function main(args: string[]): Promise<number> {
  const report = await run();
  process.stdout.write(`${args.includes('--json') ? JSON.stringify(report) : table(report)}\n`);
  return 0;
}
