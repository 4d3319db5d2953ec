import { join } from 'node:path';
import type { firstStepOf, OthersReport, Way } from '../bench/others.ts';
import { withModulePage } from '../support/module-page.ts';

const rounds = 3;

const names: Readonly<Record<Way, string>> = {
  ours: 'ours, WebGL',
  wasm: 'ours, WebAssembly',
  plain: 'plain TensorFlow.js',
  nanogpt: '@genai-fi/nanogpt',
};

/** `ready`: ours on WebGL, where the engine was made ready before, as the site does while a page is read. */
type First = Way | 'ready';
type Firsts = Readonly<Partial<Record<First, number>>>;

/** The first step of those with our engine, each in a browser of its own, there and back again. */
async function firsts(module: string): Promise<Firsts> {
  const all = ['ours', 'wasm', 'plain', 'ready'] as const;
  const found = new Map<First, number>();
  for (const first of [...all, ...all.toReversed()]) {
    const given = first === 'ready' ? `'ours', true` : `'${first}'`;
    const call = `import(${module}).then(({ firstStepOf }) => firstStepOf(${given}))`;
    const ms = await withModulePage('bench', (page) => page.evaluate<Awaited<ReturnType<typeof firstStepOf>>>(call));
    found.set(first, Math.min(ms, found.get(first) ?? ms));
  }
  return Object.fromEntries(found);
}

function table({ adapter, tokens, multiplyAdds, ways, rate }: OthersReport, first: Firsts): string {
  const lines = [
    `adapter: ${adapter}`,
    'The next token at every place: 2 layers of width 64, 2 heads, 16 rows of 64 tokens out of 100, no clipping, no dropout.',
    '',
    'who                  parameters  draws  encode ms (min / median)  step ms (min / median)  tokens/s  first step ms, cold, least of two',
  ];
  for (const [way, { parameters, draws, encodeMs, stepMs, firstStepMs }] of Object.entries(ways))
    lines.push(
      [
        names[way as Way].padEnd(19),
        String(parameters).padStart(10),
        String(draws).padStart(5),
        `${encodeMs.min} / ${encodeMs.median}`.padStart(24),
        `${stepMs.min} / ${stepMs.median}`.padStart(22),
        Math.round((1000 * tokens) / stepMs.min)
          .toLocaleString('en')
          .padStart(8),
        String(Math.round(first[way as Way] ?? firstStepMs)).padStart(13),
      ].join('  '),
    );
  const { ours, wasm, plain, nanogpt } = ways;
  const ratio = (a = 0, b = 1, digits = 1) => (a / b).toFixed(digits);
  const step = (of: 'min' | 'median') =>
    [ours, wasm].map(({ stepMs }) =>
      [plain, nanogpt].map((other) => ratio(other.stepMs[of], stepMs[of])).join(' and '),
    );
  for (const of of ['min', 'median'] as const)
    lines.push(`step, ${of}: plain and nanogpt ÷ ours on WebGL ${step(of)[0]}, on WebAssembly ${step(of)[1]}`);
  lines.push(
    `first step: ours ÷ plain, cold ${ratio(first.ours, first.plain, 2)}, made ready while the page is read ${ratio(first.ready, first.plain, 2)}, on WebAssembly ${ratio(first.wasm, first.plain, 2)}`,
  );
  lines.push(
    `our step ÷ its ${(multiplyAdds / 1e6).toFixed(0)} million multiply-adds at the rate of the packed product 512³ (${(rate / 1e6).toFixed(0)} million a second): ${ratio(ours.stepMs.min, (1000 * multiplyAdds) / rate)}`,
  );
  return lines.join('\n');
}

/** Measures ours, plain TensorFlow.js and `@genai-fi/nanogpt` in one page of headless Chromium, and their first steps. */
export async function others(asJson: boolean): Promise<string> {
  const module = JSON.stringify(`/@fs${join(process.cwd(), 'tests/bench/others.ts')}`);
  const report = await withModulePage('bench', (page) =>
    page.evaluate<OthersReport>(`import(${module}).then(({ reportOthers }) => reportOthers(${rounds}))`),
  );
  const first = await firsts(module);
  return asJson ? JSON.stringify({ ...report, first }) : table(report, first);
}
