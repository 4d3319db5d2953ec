import { readingAt } from '../../src/objectives/following/stream.ts';
import type { Data } from '../../src/training/data.ts';

/**
 * The best possible loss at each place of a segment, in nats: means over the segments of rows that read on through the
 * held-out text, for who has kept nothing of what stood before a segment and who has kept the whole document.
 */
export function lossByPlace({ heldOut, exact }: Data, segment: number, rows: number, turns: number) {
  const tokens = heldOut.flatMap(({ sentences }, document) => sentences.flat().map((id) => ({ id, document })));
  const sums = { nothing: new Array<number>(segment).fill(0), all: new Array<number>(segment).fill(0) };
  const counts = new Array<number>(segment).fill(0);
  for (let row = 0; row < rows; row++)
    for (let turn = 0; turn < turns; turn++) {
      const { start } = readingAt(tokens.length, { row, rows, turn }, segment);
      const { document } = tokens[start + segment]!;
      // A segment in which a story ends has two texts in it, of which only one is read on in.
      if (tokens[start]!.document !== document) continue;
      const begin = tokens.findIndex((one) => one.document === document);
      const upTo = tokens.slice(begin, start + segment + 1).map(({ id }) => id);
      const own = upTo.slice(start - begin);
      const next = exact?.nextTokens(upTo, start - begin);
      const alone = exact?.nextTokens(own);
      const isTold = (from: typeof next, ids: readonly number[], i: number) => (from?.[i]?.[ids[i]!] ?? 0) > 0;
      if (!own.every((_, i) => i === 0 || (isTold(alone, own, i) && isTold(next, upTo, start - begin + i)))) continue;
      for (let place = 0; place < segment; place++) {
        const id = own[place + 1]!;
        sums.nothing[place]! -= Math.log(alone![place + 1]![id]!);
        sums.all[place]! -= Math.log(next![start - begin + place + 1]![id]!);
        counts[place]! += 1;
      }
    }
  const means = (of: readonly number[]) => of.map((sum, i) => sum / counts[i]!);
  return { nothing: means(sums.nothing), all: means(sums.all), segments: counts[0]! };
}
