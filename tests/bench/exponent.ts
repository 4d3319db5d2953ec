/** The exponent of the power of x that y follows best: the slope of the line through their logarithms. */
export function exponentOf(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (of: 0 | 1) => logs.reduce((sum, point) => sum + point[of], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const along = logs.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return along / logs.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
