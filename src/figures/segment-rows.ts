import { monoWidth } from './palette.ts';
import { counted, type Table } from './table.ts';

/** How a token stands to the segment that is read: in it, kept, out of sight, or still to come. */
export type Standing = 'read' | 'kept' | 'gone' | 'coming';

export const standingNames: Readonly<Record<Standing, string>> = {
  read: 'is read: asks, and learns',
  kept: 'was read and kept: can be looked at, learns nothing',
  gone: 'was read and is out of sight',
  coming: 'comes later',
};

/** A text cut into segments, one of which is read. */
export interface Segments {
  readonly tokens: readonly string[];
  /** Tokens of a segment. */
  readonly segment: number;
  /** Tokens before it that are kept. */
  readonly memory: number;
  /** The segment that is read. */
  readonly at: number;
  /** Places that are pointed out, each with what it is told by. */
  readonly marks?: readonly number[];
}

export function standingOf(place: number, { segment, memory, at }: Segments): Standing {
  const start = at * segment;
  if (place >= start + segment) return 'coming';
  if (place >= start) return 'read';
  return place >= start - memory ? 'kept' : 'gone';
}

export const segmentCount = ({ tokens, segment }: Pick<Segments, 'tokens' | 'segment'>): number =>
  Math.ceil(tokens.length / segment);

/** One sentence that is true of the rows. */
export function describeSegments(segments: Segments): string {
  const { tokens, segment, at } = segments;
  const of = (standing: Standing) => tokens.filter((_, i) => standingOf(i, segments) === standing).length;
  return (
    `${counted(tokens.length, 'token')} in segments of ${segment}. Segment ${at + 1} of ${segmentCount(segments)} is ` +
    `read: ${of('read')} tokens; ${of('kept')} before it are kept, ${of('gone')} are out of sight.`
  );
}

export const tabulateSegments = (segments: Segments): Table => ({
  columns: ['Place', 'Segment', 'Token', 'State'],
  rows: segments.tokens.map((token, i) => [
    i,
    Math.floor(i / segments.segment) + 1,
    token,
    standingNames[standingOf(i, segments)],
  ]),
});

export interface SegmentLayout {
  readonly type: number;
  readonly small: number;
  readonly box: number;
  readonly placed: readonly { readonly x: number; readonly y: number; readonly width: number }[];
  /** Where each segment lies, its name above it or before it. */
  readonly frames: readonly { readonly y: number; readonly height: number; readonly name: string }[];
  readonly left: number;
  readonly legendAt: number;
  readonly height: number;
}

/** Every segment begins a line of its own, and takes as many as it needs. */
export function layoutSegments(segments: Segments, width: number, size: number): SegmentLayout {
  const { tokens, segment } = segments;
  const type = Math.max(12, size * 0.85);
  const small = Math.max(12, size * 0.8);
  const isNarrow = width < 480;
  const left = isNarrow ? 4 : small * 2;
  const box = type * 1.5;
  const line = box + 2;
  const placed: { x: number; y: number; width: number }[] = [];
  const frames: { y: number; height: number; name: string }[] = [];
  let y = isNarrow ? 0 : 4;
  for (let s = 0; s < segmentCount(segments); s++) {
    const top = y;
    y += isNarrow ? small * 1.3 : 3;
    let x = left;
    for (const token of tokens.slice(s * segment, (s + 1) * segment)) {
      const wide = token.length * monoWidth * type + type * 0.55;
      if (x > left && x + wide > width - 4) {
        x = left;
        y += line;
      }
      placed.push({ x, y, width: wide });
      x += wide;
    }
    y += line + 2;
    frames.push({ y: top, height: y - top, name: isNarrow ? `segment ${s + 1}` : String(s + 1) });
    y += size * 0.55;
  }
  const legendAt = y + small * 0.9;
  return {
    type,
    small,
    box,
    placed,
    frames,
    left,
    legendAt,
    height: legendAt + standings(segments).length * small * 1.5,
  };
}

/** The states that occur, in a fixed order. */
export function standings(segments: Segments): readonly Standing[] {
  const found = new Set(segments.tokens.map((_, i) => standingOf(i, segments)));
  return (['read', 'kept', 'gone', 'coming'] as const).filter((one) => found.has(one));
}
