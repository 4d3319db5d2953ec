import { counted, listed, type Table } from './table.ts';
import { lettersIn, widthOf, wrap } from './text.ts';

/** A part of a floor. Parts of one hue have the very same weights. */
export interface Cell {
  /** Counts from 0; hues repeat after six, so a label says the same. Absent: weights of its own. */
  readonly hue?: number;
  readonly label?: string;
}

/** One layer of a model. */
export interface Floor {
  /** In whatever is compared: numbers a token, weights. Drawn to one scale. */
  readonly width: number;
  /** How wide it is in the middle, where that is another width. */
  readonly inner?: number;
  readonly lit?: boolean;
  /** From left to right, of equal width; absent: one. */
  readonly cells?: readonly Cell[];
}

export interface Tower {
  readonly name: string;
  /** Below the name: its weights, its work. */
  readonly note?: string;
  /** The lowest first. */
  readonly floors: readonly Floor[];
  /** How often the floors are walked, where that is more than once. */
  readonly loop?: number;
  /** What comes in from beside. */
  readonly door?: { readonly floor: number; readonly words: string };
}

/** A tower and its floor, both from 0. */
export type Place = readonly [tower: number, floor: number];
export interface TowerLink {
  readonly from: Place;
  readonly to: Place;
  readonly value?: string;
}

/** Models as towers of layers, side by side, to one scale. */
export interface Towers {
  readonly towers: readonly Tower[];
  readonly links?: readonly TowerLink[];
}

const widthsOf = (widths: readonly number[]): string => {
  const [least, most] = [Math.min(...widths), Math.max(...widths)];
  return least === most ? least.toLocaleString('en') : `${least.toLocaleString('en')} to ${most.toLocaleString('en')}`;
};
const innerOf = ({ floors }: Tower): readonly number[] => floors.flatMap(({ inner }) => inner ?? []);
const littenOf = ({ floors }: Tower): readonly number[] => floors.flatMap(({ lit }, i) => (lit ? [i + 1] : []));

/** One sentence a tower that is true of the picture. */
export function describeTowers({ towers, links = [] }: Towers): string {
  const said = towers.map((tower) => {
    const { name, floors, loop, door } = tower;
    const inner = innerOf(tower);
    const wide = `${counted(floors.length, 'floor')}, ${widthsOf(floors.map(({ width }) => width))} wide`;
    const within = inner.length > 0 ? `, ${widthsOf(inner)} inside` : '';
    const walked = loop ? `, walked ${loop} times` : '';
    const entered = door ? `, with a door at floor ${door.floor + 1}: ${door.words}` : '';
    return `${name}: ${wide}${within}${walked}${entered}.`;
  });
  return [...said, ...(links.length > 0 ? [`${counted(links.length, 'floor')} linked.`] : [])].join(' ');
}

/** A row a tower. */
export function tabulateTowers({ towers, links = [] }: Towers): Table {
  const has = (one: (tower: Tower) => unknown) => towers.some(one);
  const labelsOf = ({ floors }: Tower) =>
    floors.map(({ cells = [] }) => cells.map(({ label }) => label ?? '–').join(' ')).join(', ');
  const linked = (i: number) =>
    links
      .filter(({ to }) => to[0] === i)
      .map(
        ({ from, to, value }) =>
          `${to[1] + 1} from ${towers[from[0]]!.name} ${from[1] + 1}${value ? ` (${value})` : ''}`,
      )
      .join('; ');
  const columns: readonly (readonly [string, boolean, (tower: Tower, i: number) => string | number])[] = [
    ['Tower', true, ({ name }) => name],
    ['Floors', true, ({ floors }) => floors.length],
    ['Width', true, ({ floors }) => widthsOf(floors.map(({ width }) => width))],
    ['Width inside', has((tower) => innerOf(tower).length > 0), (tower) => widthsOf(innerOf(tower)) || ''],
    ['Walked', has(({ loop }) => loop), ({ loop = 1 }) => (loop === 1 ? 'once' : `${loop} times`)],
    ['Weights by floor', has((tower) => /[^–, ]/.test(labelsOf(tower))), labelsOf],
    ['Marked', has((tower) => littenOf(tower).length > 0), (tower) => listed(littenOf(tower))],
    ['Door', has(({ door }) => door), ({ door }) => (door ? `${door.words}, floor ${door.floor + 1}` : '')],
    ['Linked', links.length > 0, (_, i) => linked(i)],
    ['Note', has(({ note }) => note), ({ note = '' }) => note],
  ];
  const shown = columns.filter(([, isShown]) => isShown);
  return {
    columns: shown.map(([name]) => name),
    rows: towers.map((tower, i) => shown.map(([, , value]) => value(tower, i))),
  };
}

export interface FloorBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Width of the waist, if it has one. */
  readonly waist?: number;
}
export interface PlacedTower {
  readonly middle: number;
  readonly floors: readonly FloorBox[];
  /** Baselines of its name and its note. */
  readonly lines: readonly { readonly y: number; readonly text: string; readonly isName: boolean }[];
  /** Arrow from the highest floor round to the lowest, and where its count stands. */
  readonly loop?: { readonly path: string; readonly tip: string; readonly x: number; readonly y: number };
  /** Arrow into a floor, and its words, from the right edge of which they are written. */
  readonly door?: { readonly path: string; readonly x: number; readonly y: number; readonly words: readonly string[] };
}
export interface TowersLayout {
  readonly towers: readonly PlacedTower[];
  readonly links: readonly { readonly path: string; readonly x: number; readonly y: number; readonly value?: string }[];
  readonly small: number;
  readonly height: number;
}

const between = 3;

/** As many towers in a row as have room for their names; all floors are of one height. */
export function layoutTowers({ towers, links = [] }: Towers, width: number, size: number): TowersLayout {
  const small = Math.max(12, size * 0.85);
  const most = Math.max(1, ...towers.map(({ floors }) => floors.length));
  const tall = Math.min(size * 2, Math.max(size * 0.5, (size * 20) / most - between));
  const widest = Math.max(
    1,
    ...towers.flatMap(({ floors }) => floors.map((floor) => Math.max(floor.width, floor.inner ?? 0))),
  );
  const doorWords = towers.flatMap(({ door }) => door?.words.split(' ') ?? []);
  const doorRoom = doorWords.length > 0 ? widthOf(Math.max(...doorWords.map((w) => w.length)), small, 'label') + 22 : 0;
  const loopRoom = towers.some(({ loop }) => loop) ? size * 3.4 : 0;
  const gap = size * (links.length > 0 ? 3.2 : 1.2);
  const least = size * 5.5 + doorRoom + loopRoom + gap;
  const perRow = Math.max(1, Math.min(towers.length, Math.floor((width + gap) / least)));
  const column = (width - 2 + gap) / perRow;
  const span = Math.min(size * 17, column - gap - doorRoom - loopRoom);
  const rows = Math.ceil(towers.length / perRow);

  let top = 2;
  const placed: PlacedTower[] = [];
  for (let row = 0; row < rows; row++) {
    const own = towers.slice(row * perRow, (row + 1) * perRow);
    const floors = Math.max(1, ...own.map((tower) => tower.floors.length));
    const ground = top + floors * (tall + between) + (own.some(({ loop }) => loop) ? size * 0.8 : 0);
    // Words stand about the middle of a tower, and nothing stands left of the first one.
    const beside = 1 + doorRoom + (column - gap - doorRoom - loopRoom) / 2;
    const letters = lettersIn(Math.min(column - size * 0.5, 2 * beside), small, 'label');
    const texts = own.map(({ name, note }) => [
      ...wrap(name, letters, 2).map((text) => ({ text, isName: true })),
      ...(note
        ? wrap(note.replaceAll(/(\d) (?=[A-Za-z]\b)/g, '$1\u00a0'), letters, 5).map((text) => ({ text, isName: false }))
        : []),
    ]);
    own.forEach((tower, i) => {
      const middle = column * i + beside;
      const boxes = tower.floors.map((floor, level): FloorBox => {
        const wide = Math.max(4, (span * floor.width) / widest);
        const waist = floor.inner === undefined ? undefined : Math.max(3, (span * floor.inner) / widest);
        const y = ground - (level + 1) * (tall + between);
        return { x: middle - wide / 2, y, width: wide, height: tall, ...(waist !== undefined && { waist }) };
      });
      placed.push({
        middle,
        floors: boxes,
        lines: texts[i]!.map((line, n) => ({ ...line, y: ground + small * (1.35 + n * 1.3) })),
        ...(tower.loop && { loop: loopOf(boxes, middle + span / 2, size) }),
        ...(tower.door && { door: doorOf(boxes[tower.door.floor]!, tower.door.words, small) }),
      });
    });
    top = ground + small * (0.9 + 1.3 * Math.max(...texts.map(({ length }) => length))) + size;
  }
  const boxAt = ([tower, floor]: Place) => placed[tower]!.floors[floor]!;
  return {
    towers: placed,
    links: links.map(({ from, to, value }) => ({
      ...linkOf(boxAt(from), boxAt(to)),
      ...(value !== undefined && { value }),
    })),
    small,
    height: top - size * 0.6,
  };
}

function loopOf(boxes: readonly FloorBox[], edge: number, size: number) {
  const [low, high] = [boxes[0]!, boxes.at(-1)!];
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const x = Math.min(edge, right) + size * 1.1;
  const [from, to] = [high.y + high.height * 0.3, low.y + low.height * 0.7];
  const [start, end] = [high.x + high.width + 1, low.x + low.width + 3];
  const bow = size * 0.8;
  const path = `M${start},${from}H${x - bow}Q${x},${from} ${x},${(from + to) / 2}Q${x},${to} ${x - bow},${to}H${end}`;
  return { path, tip: `M${end + 7},${to - 5}l-7,5l7,5`, x: x + size * 0.3, y: (from + to) / 2 + size * 0.3 };
}

function doorOf(box: FloorBox, words: string, small: number) {
  const y = box.y + box.height / 2;
  const x = box.x - 3;
  const lines = words.split(' ');
  return {
    path: `M${x - 16},${y}H${x}m-6,-5l6,5l-6,5`,
    x: x - 20,
    y: y - ((lines.length - 1) * small * 1.1) / 2 + small * 0.35,
    words: lines,
  };
}

function linkOf(from: FloorBox, to: FloorBox) {
  const isForward = from.x + from.width / 2 <= to.x + to.width / 2;
  const x1 = isForward ? from.x + from.width + 1 : from.x - 1;
  const x2 = isForward ? to.x - 1 : to.x + to.width + 1;
  const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2];
  const middle = (x1 + x2) / 2;
  return { path: `M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}`, x: middle, y: (y1 + y2) / 2 };
}

/** Outline of a floor: a box, or narrower or wider in its middle. */
export function outlineOf({ x, y, width, height, waist }: FloorBox): string {
  if (waist === undefined || waist === width) return `M${x},${y}h${width}v${height}h${-width}z`;
  const inset = (width - waist) / 2;
  const flange = height * 0.26;
  const body = height - 2 * flange;
  return (
    `M${x},${y}h${width}v${flange}h${-inset}v${body}h${inset}v${flange}` +
    `h${-width}v${-flange}h${inset}v${-body}h${-inset}z`
  );
}
