import { join } from 'node:path';
import { exponentOf } from '../bench/exponent.ts';
import type { costsOf, LengthCost } from '../bench/lengths.ts';
import { withModulePage } from '../support/module-page.ts';

const rounds = 3;
const lengths = [64, 128, 256, 512, 1024];
/** From so many tokens on attention in full takes more of a step than all that grows in line with the text. */
const long = 256;
const titles = { block_sparse: 'in blocks', original_full: 'full' };

/** Measures in headless Chromium what a text costs as it grows, read in blocks and in full, in one page by turns. */
export async function lengthened(asJson: boolean): Promise<string> {
  const measured: LengthCost[] = [];
  let adapter = '';
  await withModulePage('bench', async (page) => {
    const module = JSON.stringify(`/@fs${join(process.cwd(), 'tests/bench/lengths.ts')}`);
    for (const length of lengths) {
      const call = `import(${module}).then(({ costsOf }) => costsOf(${length}, ${rounds}))`;
      const said = await page.evaluate<Awaited<ReturnType<typeof costsOf>>>(call);
      adapter = said.adapter;
      measured.push(...said.costs);
      process.stderr.write(`${JSON.stringify(said.costs)}\n`);
    }
  });
  const exponents = Object.keys(titles).map((way) => {
    const own = measured.filter((one) => one.way === way);
    const of = (what: 'step' | 'attention', from: number) =>
      exponentOf(own.filter(({ length }) => length >= from).map((one) => [one.length, one[what].min]));
    return { way, step: of('step', 0), longStep: of('step', long), attention: of('attention', 0) };
  });
  if (asJson) return JSON.stringify({ adapter, measured, exponents });
  const cell = ({ min, median }: LengthCost['step']) => `${min} / ${median}`.padStart(18);
  return [
    `adapter: ${adapter}`,
    'a training step of BigBird, and attention alone (value and gradient, one layer), milliseconds, min / median',
    ...measured.map(
      ({ length, way, step, attention }) =>
        `${String(length).padStart(5)} ${titles[way].padEnd(9)} ${cell(step)} ${cell(attention)}`,
    ),
    ...exponents.map(
      ({ way, step, longStep, attention }) =>
        `exponent ${titles[way as keyof typeof titles]}: step ${step.toFixed(2)} (from ${long} tokens on ${longStep.toFixed(2)}), attention ${attention.toFixed(2)}`,
    ),
  ].join('\n');
}
