import { percent, type Table } from './table.ts';

/** How sure somebody is that the answer is yes. */
export interface Verdict {
  readonly who: string;
  /** P(yes), 0 … 1. */
  readonly share: number;
}
export interface VerdictsPicture {
  /** What yes and no mean. */
  readonly yes: string;
  readonly no: string;
  readonly verdicts: readonly Verdict[];
  /** What is true; absent: nobody knows. */
  readonly truth?: boolean;
}

/** What a verdict costs: −ln P(truth), in nats. */
export const costOf = (share: number, truth: boolean): number => -Math.log(truth ? share : 1 - share);

/** One sentence that is true of the verdicts. */
export function describeVerdicts({ yes, no, verdicts, truth }: VerdictsPicture): string {
  const said = verdicts.map(({ who, share }) => `${who}: ${percent(share)} for “${yes}”`).join('; ');
  return `${said}.${truth === undefined ? '' : ` True: ${truth ? yes : no}.`}`;
}

export const tabulateVerdicts = ({ yes, no, verdicts, truth }: VerdictsPicture): Table => ({
  columns: ['Reader', yes, no, 'Cost in nats'],
  rows: verdicts.map(({ who, share }) => [
    who,
    percent(share),
    percent(1 - share),
    truth === undefined ? '' : costOf(share, truth).toFixed(3),
  ]),
});
