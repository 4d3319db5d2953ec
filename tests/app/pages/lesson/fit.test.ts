import { describe, expect, it } from 'vitest';
import { nextZoom } from '../../../../src/app/pages/lesson/fit.ts';

describe('the size of a stage alone on the screen', () => {
  it('stays where everything has room', () => {
    expect(nextZoom({ zoom: 2, height: 600 }, 600)).toBe(2);
    expect(nextZoom({ zoom: 1.5, height: 300 }, 600)).toBe(1.5);
  });

  it('comes down by the square root, for text that wraps grows in both directions', () => {
    expect(nextZoom({ zoom: 2, height: 1000 }, 640)).toBeCloseTo(1.6, 9);
  });

  it('comes to fit what grows with its size or with the square of it in four steps, without becoming too small', () => {
    for (const power of [1, 2]) {
      const height = (zoom: number) => 250 * zoom ** power;
      const available = 250 * 1.6 ** power;
      let zoom = 2;
      let before: { zoom: number; height: number } | undefined;
      for (let i = 0; i < 4; i++) {
        const now = { zoom, height: height(zoom) };
        zoom = nextZoom(now, available, before);
        before = now;
      }
      expect(height(zoom)).toBeLessThanOrEqual(available);
      expect(zoom).toBeGreaterThan(1.56);
    }
  });

  it('stops at a size that can still be read from the last row', () => {
    expect(nextZoom({ zoom: 0.9, height: 5000 }, 600)).toBe(0.77);
    expect(nextZoom({ zoom: 0.9, height: 5000 }, -20)).toBe(0.77);
  });
});
