import { join } from 'node:path';
import type { OthersReport, Way } from '../bench/others.ts';
import { withModulePage } from '../support/module-page.ts';

const rounds = 5;

const names: Readonly<Record<Way, string>> = {
  ours: 'ours',
  plain: 'plain TensorFlow.js',
  nanogpt: '@genai-fi/nanogpt',
};

function table({ adapter, tokens, multiplyAdds, ways, rate }: OthersReport): string {
  const lines = [
    `adapter: ${adapter}`,
    'The next token at every place: 2 layers of width 64, 2 heads, 16 rows of 64 tokens out of 100, no clipping, no dropout.',
    '',
    'who                  parameters  draws  encode ms (min / median)  step ms (min / median)  tokens/s  first step ms',
  ];
  for (const [way, { parameters, draws, encodeMs, stepMs, firstStepMs }] of Object.entries(ways))
    lines.push(
      [
        names[way as Way].padEnd(19),
        String(parameters).padStart(10),
        String(draws).padStart(5),
        `${encodeMs.min} / ${encodeMs.median}`.padStart(24),
        `${stepMs.min} / ${stepMs.median}`.padStart(22),
        Math.round((1000 * tokens) / stepMs.median)
          .toLocaleString('en')
          .padStart(8),
        String(Math.round(firstStepMs)).padStart(13),
      ].join('  '),
    );
  const { ours, plain, nanogpt } = ways;
  const ratio = (a: number, b: number) => (a / b).toFixed(1);
  lines.push(
    `step, medians: plain ÷ ours ${ratio(plain.stepMs.median, ours.stepMs.median)}, nanogpt ÷ ours ${ratio(nanogpt.stepMs.median, ours.stepMs.median)}`,
  );
  lines.push(
    `our step ÷ its ${(multiplyAdds / 1e6).toFixed(0)} million multiply-adds at the rate of the packed product 512³ (${(rate / 1e6).toFixed(0)} million a second): ${ratio(ours.stepMs.median, (1000 * multiplyAdds) / rate)}`,
  );
  return lines.join('\n');
}

/** Measures ours, plain TensorFlow.js and `@genai-fi/nanogpt` in one page of headless Chromium. */
export async function others(asJson: boolean): Promise<string> {
  const report = await withModulePage('bench', (page) => {
    const module = JSON.stringify(`/@fs${join(process.cwd(), 'tests/bench/others.ts')}`);
    return page.evaluate<OthersReport>(`import(${module}).then(({ reportOthers }) => reportOthers(${rounds}))`);
  });
  return asJson ? JSON.stringify(report) : table(report);
}
