/** Counts draws from now on, of whatever context: each goes through `drawElements` or `drawArrays`. */
export function countDraws(): () => number {
  const every = WebGL2RenderingContext.prototype;
  let draws = 0;
  const { drawElements, drawArrays } = every;
  every.drawElements = function (...args) {
    draws += 1;
    drawElements.apply(this, args);
  };
  every.drawArrays = function (...args) {
    draws += 1;
    drawArrays.apply(this, args);
  };
  return () => draws;
}
