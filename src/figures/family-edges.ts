/** A node of the map: its middle and its size, in CSS pixels. */
export interface NodeBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Point = readonly [x: number, y: number];

/** Where along the way the two control points stand: straight over, late, early, by turns. */
const bends = [
  [0.5, 0.5],
  [0.8, 0.8],
  [0.5, 0.9],
  [0.2, 0.2],
  [0.9, 0.9],
  [0.1, 0.5],
  [0.05, 0.05],
  [0, 1],
  [1, 0],
] as const;

const samples = Array.from({ length: 81 }, (_, i) => i / 80);
/** An edge keeps so far away from what it has nothing to do with, in pixels. */
const clearance = 2;

function curve([a, b]: readonly [Point, Point], [k1, k2]: readonly [number, number], isAcross: boolean) {
  const between = (k: number, end: Point): Point =>
    isAcross ? [a[0] + (b[0] - a[0]) * k, end[1]] : [end[0], a[1] + (b[1] - a[1]) * k];
  const points = [a, between(k1, a), between(k2, b), b] as const;
  const at = (t: number): Point => {
    const weights = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    const sum = (axis: 0 | 1) => points.reduce((all, point, i) => all + weights[i]! * point[axis], 0);
    return [sum(0), sum(1)];
  };
  return { points, at };
}

const isInside = ([x, y]: Point, box: NodeBox): boolean =>
  Math.abs(x - box.x) < box.width / 2 + clearance && Math.abs(y - box.y) < box.height / 2 + clearance;

/**
 * An edge between two nodes, leaving and arriving along the way that time runs (`isAcross`: to the right, else down),
 * bent so that it passes behind as few of the others as can be; `behind` are those it still does.
 */
export function edgeBetween<N extends NodeBox>(from: N, to: N, others: readonly N[], isAcross: boolean) {
  const ends = isAcross
    ? ([
        [from.x + from.width / 2, from.y],
        [to.x - to.width / 2, to.y],
      ] as const)
    : ([
        [from.x, from.y + from.height / 2],
        [to.x, to.y - to.height / 2],
      ] as const);
  const tries = bends.map((bend) => {
    const { points, at } = curve(ends, bend, isAcross);
    return { points, behind: others.filter((box) => samples.some((t) => isInside(at(t), box))) };
  });
  const { points, behind } = tries.reduce((best, one) => (one.behind.length < best.behind.length ? one : best));
  const [a, ...rest] = points.map((point) => point.map((v) => Math.round(v * 10) / 10).join(','));
  const [x, y] = points[3];
  const tip = isAcross
    ? `M${x - 7},${y - 4}L${x},${y}L${x - 7},${y + 4}`
    : `M${x - 4},${y - 7}L${x},${y}L${x + 4},${y - 7}`;
  return { path: `M${a}C${rest.join(' ')}`, tip, behind };
}
