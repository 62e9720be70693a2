/**
 * `window.__editor`, read-only, for what neither a role, a pixel nor the API can tell a test. Only in a
 * page that the daemon rendered in its test mode.
 */

/** @param {import("./editor-page.js").EditorPage} page */
export function exposeForTests(page) {
  if (!document.querySelector('meta[name="postil-test-mode"]')) return;
  const images = () =>
    [...(page.tab?.session.surfaces.values() ?? [])]
      .filter(({ kind, isReady }) => kind === "image" && isReady)
      .map((surface) => /** @type {import("../canvas/image-surface.js").ImageSurface} */ (surface));
  Object.defineProperty(window, "__editor", {
    value: Object.freeze({
      regions: () =>
        structuredClone(
          page.tab?.session.regions.map(({ id, type, labels, value }) => ({
            id,
            type,
            labels,
            value,
          })) ?? [],
        ),
      resultText: () => page.tab?.session.resultText ?? "[]",
      onPage: (/** @type {[number, number]} */ point) => {
        const [{ view, element }] = images();
        const { left, top } = element.getBoundingClientRect();
        const [x, y] = view.toScreen(point);
        return [left + x, top + y];
      },
      transforms: () => images().map(({ view }) => ({ ...view.transform })),
      keys: () =>
        page.keymap.bindings.map(({ scope, command, title, chords }) => ({
          scope,
          command,
          title,
          chords,
        })),
      isComplete: () => images().length > 0 && images().every(({ isComplete }) => isComplete),
      lastFrameCost: () => Math.max(0, ...images().map(({ layers }) => layers.lastFrameCost)),
    }),
  });
}
