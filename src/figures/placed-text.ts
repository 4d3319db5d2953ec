import { monoWidth } from './palette.ts';
import { widthOf } from './text.ts';

/** Words at a place of a picture, in CSS pixels; `y` is the line they stand on. */
export interface PlacedText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly mono?: boolean;
  readonly bold?: boolean;
  /** A name of the palette; the text's colour where absent. */
  readonly colour?: 'inkSoft' | 'truth' | 'replaced' | 'focus';
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How wide words are; bold ones of the sans family a little wider. */
export const textWidth = ({ text, size, mono, bold }: Pick<PlacedText, 'text' | 'size' | 'mono' | 'bold'>): number =>
  mono ? text.length * monoWidth * size : widthOf(text.length, size, 'label') * (bold ? 1.04 : 1);

/** What words cover, from the top of the capitals to the foot of a `g`. */
export function boxOf(label: PlacedText): Box {
  const width = textWidth(label);
  const shift = { start: 0, middle: width / 2, end: width }[label.anchor ?? 'start'];
  return { x: label.x - shift, y: label.y - label.size * 0.75, width, height: label.size * 0.95 };
}

/** Whether two boxes come nearer than `gap`. */
export const touches = (a: Box, b: Box, gap = 0): boolean =>
  a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height && b.y < a.y + a.height;

/** The words moved sideways into `from` … `to`. */
export function within(label: PlacedText, from: number, to: number): PlacedText {
  const { x, width } = boxOf(label);
  return { ...label, x: label.x + Math.max(from, Math.min(x, to - width)) - x };
}

/** The first of several ways to say something that keeps clear of what is taken, if any does. */
export const firstThatFits = (ways: readonly PlacedText[], taken: readonly Box[], gap = 3): PlacedText | undefined =>
  ways.find((way) => taken.every((box) => !touches(boxOf(way), box, gap)));
