import { type PlacedAnswers, placeAnswers } from './model-answers.ts';
import { layoutAxis, namedPlaces, placeTruths } from './model-axis.ts';
import { footLabels, gutterLabels, rowLabels, stackLabels } from './model-labels.ts';
import { type Choice, type DrawnBlock, queryOf, type Row, rowOf, type Side, sharesOf } from './model-picture.ts';
import { plans, type Space, type Stack, stackModel } from './model-stack.ts';
import type { PlacedText } from './placed-text.ts';
import type { Column } from './strips.ts';
import { type Threads, threadLabels, threadsOf } from './threads.ts';

export interface ModelProps {
  readonly rows: readonly Row[];
  readonly blocks: readonly DrawnBlock[];
  readonly width: number;
  /** What it should fit into; where it cannot, it is higher. */
  readonly height?: number;
  readonly size: number;
  readonly choice: Choice;
  readonly differences: readonly string[];
}
/** The picture with every mark at its place. */
export interface ModelLayout extends Stack {
  readonly space: Space;
  readonly height: number;
  readonly labels: readonly PlacedText[];
  /** Truths above upright chips: they lie on their side. */
  readonly upright: readonly PlacedText[];
  /** Where the threads of a group of heads run, by its name. */
  readonly threads: Readonly<Record<string, readonly Threads[]>>;
  readonly queries: Readonly<Record<Side, Column | undefined>>;
  readonly answers: Readonly<Record<string, PlacedAnswers>>;
  readonly named: readonly ReadonlySet<number>[];
}

/** Narrower pictures have no gutter: what would stand in it stands above. */
const narrow = 520;

export function layoutModel({ rows, blocks, width, height, size, choice, differences }: ModelProps): ModelLayout {
  const type = Math.max(12, size);
  const unit = type / 12;
  const gutter = width < narrow * unit ? 0 : 148 * unit;
  const left = gutter === 0 ? 1 : gutter;
  const chipsOf = (side: Side) => rows.flatMap((row) => (row.side === side ? [row.chips] : []));
  const axisOf = (side: Side) => layoutAxis(chipsOf(side), left, width - left - 1, type);
  const space: Space = { width, unit, type, gutter, axes: { input: axisOf('input'), decoder: axisOf('decoder') } };
  const foot = footLabels(differences, space);
  let stack = stackModel(rows, blocks, plans[0], space, choice);
  for (const plan of plans.slice(1)) {
    if (height === undefined || Math.ceil(stack.bottom + foot.height) <= height) break;
    stack = stackModel(rows, blocks, plan, space, choice);
  }
  const places = { input: queryOf(rows, 'input', choice), decoder: queryOf(rows, 'decoder', choice) };
  const queries = {
    input: space.axes.input.columns[places.input],
    decoder: space.axes.decoder.columns[places.decoder],
  };
  const labels: PlacedText[] = [...stackLabels(stack, space), ...foot.at(stack.bottom)];
  const upright: PlacedText[] = [];
  for (const { row, y } of stack.rows) {
    const axis = space.axes[row.side];
    (axis.upright ? upright : labels).push(...placeTruths(axis, row.chips, y));
    labels.push(...rowLabels(row, y, space));
  }
  const threads: Record<string, readonly Threads[]> = {};
  const answers: Record<string, PlacedAnswers> = {};
  for (const placed of stack.blocks) {
    const { block } = placed;
    const query = queries[block.side];
    for (const band of placed.bands) {
      const shares = sharesOf(band.chosen, places[block.side]);
      const keys = space.axes[band.chosen.columnSide].columns;
      const line = { y: band.top + 11 * unit, size: type, from: left, to: width - 1 };
      if (!query) continue;
      if (shares === undefined) {
        const text = 'asks nothing here';
        const x = query.x + query.width / 2;
        const half = text.length * type * 0.27;
        labels.push({
          x: Math.max(left + half, Math.min(x, width - half)),
          y: line.y,
          text,
          size: type,
          anchor: 'middle',
          colour: 'inkSoft',
        });
        continue;
      }
      threads[band.id] = threadsOf(shares, keys, query, {
        top: band.from,
        bottom: band.to - 4 * unit,
        // In a low band a thick thread would be a blot.
        thickest: Math.min(16 * unit, (band.to - band.from) / 3),
      });
      // Over the bridge a key stands far from its chip, so it is named.
      const names = band.bridge && rowOf(rows, band.chosen.columnSide)?.chips.map(({ token }) => token);
      labels.push(...threadLabels(shares, keys, line, names));
    }
    if (placed.answers !== undefined) {
      const at = { top: placed.answers, from: left, to: width - 1, type, rows: stack.plan.answers };
      answers[block.id] = placeAnswers(block.answers ?? [], space.axes[block.side].columns, at, places[block.side]);
      labels.push(...answers[block.id]!.labels);
    }
    labels.push(...gutterLabels(placed, blocks, answers[block.id]?.shown, space));
  }
  return {
    ...stack,
    space,
    height: Math.ceil(stack.bottom + foot.height),
    labels,
    upright,
    threads,
    queries,
    answers,
    named: stack.rows.map(({ row }) => namedPlaces(space.axes[row.side], row.chips, places[row.side])),
  };
}
