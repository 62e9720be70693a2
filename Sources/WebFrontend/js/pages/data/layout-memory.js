/** The layout of lists that belong to no saved view stays in this browser, for each project. */
import { layoutData, layoutFrom } from "./layout.js";

/** @param {number} project */
const keyOf = (project) => `postil.tasks.layout.${project}`;

/** @param {number} project @returns {import("./layout.js").Layout} */
export function rememberedLayout(project) {
  try {
    return layoutFrom(JSON.parse(localStorage.getItem(keyOf(project)) ?? "null"));
  } catch {
    return layoutFrom(null);
  }
}

/** @param {number} project @param {import("./layout.js").Layout} layout */
export function rememberLayout(project, layout) {
  try {
    localStorage.setItem(keyOf(project), JSON.stringify(layoutData(layout)));
  } catch {
    // A browser that keeps nothing shows the plain layout the next time.
  }
}
