import type { Finding } from '../../../checks/checks.ts';
import { blueprints } from '../../../models/catalog.ts';

/** A check on the page: not yet begun, running, found, or broken off with a sentence. */
export interface Line {
  readonly title: string;
  readonly group: string;
  readonly isRunning?: boolean;
  readonly finding?: Finding;
  readonly problem?: string;
}

const kinds: Readonly<Record<string, string>> = {
  fresh: 'weights as they begin',
  noise: 'noisy weights',
  learning: 'loss and gradients',
};

/** `bert-full-noise` → `BERT (full), noisy weights`: the system, what is special, and its kind in words. */
export function describeReference(folder: string): string {
  const at = folder.lastIndexOf('-');
  const kind = kinds[folder.slice(at + 1)];
  const of = kind ? folder.slice(0, at) : folder;
  const fits = Object.values(blueprints).filter(({ id }) => of === id || of.startsWith(`${id}-`));
  const system = fits.sort((a, b) => b.id.length - a.id.length)[0];
  const rest = system && of.slice(system.id.length + 1).replaceAll('-', ' ');
  const named = system ? `${system.name}${rest ? ` (${rest})` : ''}` : of;
  return `${named}, ${kind ?? 'outputs'}`;
}

/** A difference with two digits: `3.1e-6`; what is not finite by its name. */
export const small = (value: number): string =>
  Number.isFinite(value) ? (value === 0 ? '0' : value.toExponential(1)) : 'not a number';

/** How a line ended; undefined before. */
export function verdictOf({ finding, problem }: Line): 'pass' | 'fail' | undefined {
  if (problem) return 'fail';
  return finding && (finding.passed ? 'pass' : 'fail');
}

/** `44 of 46 within their limits; 2 are not`, of those that have ended. */
export function summarize(lines: readonly Line[]): string {
  const verdicts = lines.map(verdictOf).filter((verdict) => verdict !== undefined);
  const failed = verdicts.filter((verdict) => verdict === 'fail').length;
  const passed = `${verdicts.length - failed} of ${verdicts.length} within their limits`;
  return failed > 0 ? `${passed}, ${failed} not` : passed;
}

/** All of it as text: the device, when, and a line a check. */
export function report(lines: readonly Line[], device: string, agent: string, when: Date): string {
  const rows = lines.map((line) => {
    const { group, title, finding, problem } = line;
    const verdict = verdictOf(line) ?? 'not run';
    const numbers = finding
      ? `${small(finding.difference)} of ${finding.limit} allowed (${finding.worst}), ${Math.round(finding.ms)} ms`
      : (problem ?? '');
    return [verdict, group, title, numbers].filter(Boolean).join('\t');
  });
  return [`Unmask, checks of ${when.toISOString()}`, device, agent, summarize(lines), '', ...rows].join('\n');
}
