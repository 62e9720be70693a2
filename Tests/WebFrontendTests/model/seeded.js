/**
 * Random numbers that are the same in every run, so that a failure can be seen again.
 * @param {number} seed
 * @returns {() => number} 0...1.
 */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
