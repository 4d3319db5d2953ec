import { describe, expect, it } from 'vitest';
import { nextZoom } from '../../../../src/app/pages/lesson/fit.ts';

describe('the size of a stage alone on the screen', () => {
  it('stays where everything has room', () => {
    expect(nextZoom(2, 600, 600)).toBe(2);
    expect(nextZoom(1.5, 300, 600)).toBe(1.5);
  });

  it('comes down by the square root, for text that wraps grows in both directions', () => {
    expect(nextZoom(2, 1000, 640)).toBeCloseTo(1.6, 9);
  });

  it('comes to fit what grows with its size or with the square of it, without becoming too small', () => {
    for (const power of [1, 2]) {
      const height = (zoom: number) => 250 * zoom ** power;
      const available = 250 * 1.6 ** power;
      let zoom = 2;
      for (let i = 0; i < 12; i++) zoom = nextZoom(zoom, height(zoom), available);
      expect(height(zoom)).toBeLessThanOrEqual(available * 1.01);
      expect(zoom).toBeGreaterThan(1.58);
    }
  });

  it('stops at a size that can still be read from the last row', () => {
    expect(nextZoom(1.2, 5000, 600)).toBe(1.15);
    expect(nextZoom(1.2, 5000, -20)).toBe(1.15);
  });
});
