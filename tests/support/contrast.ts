/** Red, green and blue, 0 … 255. */
type Rgb = readonly number[];

/** What a page shows that is hard to read or to see. */
export interface Seen {
  /** The colour of the page. */
  readonly ground: string;
  /** How many words and marks were looked at. */
  readonly words: number;
  readonly marks: number;
  /** Words with a contrast below 4.5 to what is behind them; dots and swatches with one below 3 to the ground. */
  readonly hard: readonly string[];
  readonly lost: readonly string[];
}

/** Looks at all that is on a page. It runs on the page itself, so that it stands alone. */
export function look(): Seen {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  function rgb(colour: string): Rgb {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }
  function light(colour: Rgb): number {
    const linear = (c: number) => (c <= 10 ? c / 3295 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    const [r = 0, g = 0, b = 0] = colour.map(linear);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function contrast(a: Rgb, b: Rgb): number {
    const [low = 0, high = 0] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  }
  const isClear = (colour: string) => colour === 'none' || colour === 'rgba(0, 0, 0, 0)';
  const ground = rgb(getComputedStyle(document.documentElement).backgroundColor);

  /** What is painted in a picture before an element, at the middle of it. */
  function painted(element: Element, picture: Element): Rgb {
    const { x, y, width, height } = element.getBoundingClientRect();
    const middle = new DOMPoint(x + width / 2, y + height / 2);
    const shapes = picture.querySelectorAll<SVGGeometryElement>('rect, path, circle');
    return [...shapes].reduce<Rgb>((under, shape) => {
      const { fill, opacity, fillOpacity } = getComputedStyle(shape);
      const matrix = shape.getScreenCTM();
      const isBefore = shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (!isBefore || isClear(fill) || !matrix) return under;
      if (!shape.isPointInFill(middle.matrixTransform(matrix.inverse()))) return under;
      const [over, share] = [rgb(fill), Number(opacity) * Number(fillOpacity)];
      return under.map((c, i) => c + share * (over[i]! - c));
    }, ground);
  }

  /** Where words stand in a picture: on their halo, or on what is painted there. */
  function behind(text: Element, picture: Element): Rgb {
    const { stroke, paintOrder } = getComputedStyle(text);
    return paintOrder.startsWith('stroke') && !isClear(stroke) ? rgb(stroke) : painted(text, picture);
  }

  /** Where words stand on the page: on what an element around them has for a background, if it keeps it. */
  function background(element: Element): Rgb {
    for (let around: Element | null = element; around; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (!isClear(style.backgroundColor))
        // Else the browser lays the ground behind the letters.
        return style.getPropertyValue('forced-color-adjust') === 'none' ? rgb(style.backgroundColor) : ground;
    }
    return ground;
  }

  const hasWords = (element: Element) =>
    [...element.childNodes].some(({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.trim());
  const all = [...document.querySelectorAll('body *')].filter((one) => !one.matches('script, style, title, option'));
  const worded = all.filter((one) => hasWords(one) && one.checkVisibility());
  const hard = worded.flatMap((element) => {
    const picture = element.closest('svg');
    const { color, fill } = getComputedStyle(element);
    const ratio = picture ? contrast(rgb(fill), behind(element, picture)) : contrast(rgb(color), background(element));
    const where = element.closest('section')?.id ?? '';
    return ratio < 4.5 ? [`${where} ${element.tagName}: ${element.textContent?.trim()} ${ratio.toFixed(1)}`] : [];
  });

  const isSwatch = (one: Element) => one.matches('svg rect') && one.nextElementSibling?.matches('text');
  const marks = all.filter((one) => one.matches('svg circle, .swatch line') || isSwatch(one));
  const lost = marks.flatMap((mark) => {
    const { fill, stroke } = getComputedStyle(mark);
    const ratios = [fill, stroke].filter((colour) => !isClear(colour)).map((colour) => contrast(rgb(colour), ground));
    return ratios.length > 0 && Math.max(...ratios) < 3 ? [mark.outerHTML.slice(0, 120)] : [];
  });
  return { ground: ground.join(), words: worded.length, marks: marks.length, hard, lost };
}
