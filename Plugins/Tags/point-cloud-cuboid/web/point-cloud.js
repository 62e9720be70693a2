/** `<PointCloud>`: the points of a laser scanner, in four views. */
import { CloudSurface } from "./cloud-surface.js";
import { messages } from "./messages.js";
import { sampleCloud } from "./sample-cloud.js";
import { styles } from "./styles.js";

/** @typedef {import("postil-tag").TagContext} Context */
/** @typedef {import("./cloud.js").Cloud} Cloud */

/**
 * A car.
 * @type {import("./vectors.js").Vector}
 */
const usualSize = [4.2, 1.8, 1.6];

/**
 * Length, width and height, as in `cuboidSize="4.2, 1.8, 1.6"`.
 * @param {unknown} text @returns {import("./vectors.js").Vector}
 */
export function sizeOf(text) {
  const list = String(text ?? "")
    .split(/[\s,;]+/)
    .filter((word) => word !== "")
    .map(Number);
  const isSize = list.length === 3 && list.every((one) => Number.isFinite(one) && one > 0);
  return isSize ? /** @type {any} */ (list) : usualSize;
}

/** @param {Context} context */
function addressOf({ value, t }) {
  const url = String(value() ?? "");
  if (url === "") throw new Error(t("noCloud"));
  return new URL(url, location.href).href;
}

/**
 * In a worker, so that the page answers meanwhile.
 * @param {string} url @param {Context} context
 * @returns {Promise<Cloud>}
 */
function loadCloud(url, { attrs, signal }) {
  const binFields = Number.parseInt(String(attrs.binfields ?? "4"), 10) || 4;
  const worker = new Worker(new URL("./cloud-worker.js", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    const stop = () => {
      worker.terminate();
      reject(new Error("The task was left."));
    };
    signal.addEventListener("abort", stop, { once: true });
    worker.addEventListener("message", ({ data }) => {
      signal.removeEventListener("abort", stop);
      worker.terminate();
      if (data.cloud) resolve(data.cloud);
      else reject(new Error(data.error));
    });
    worker.addEventListener("error", (event) => {
      worker.terminate();
      reject(new Error(`The point cloud cannot be read: ${event.message ?? "the worker failed"}.`));
    });
    worker.postMessage({ url, binFields });
  });
}

/** @type {import("postil-tag").TagDefinition} */
export default {
  apiVersion: 1,
  tag: "PointCloud",
  kind: "object",
  mount(element, context) {
    const { attrs, ui } = context;
    ui.addStyles(styles);
    ui.objectSurface(element, async (box, host) => {
      const started = performance.now();
      const cloud =
        context.screen === "preview" ? sampleCloud() : await loadCloud(addressOf(context), context);
      const cameras = attrs.cameras ? context.value(String(attrs.cameras)) : null;
      return new CloudSurface(box, host, context, cloud, {
        usualSize: sizeOf(attrs.cuboidsize),
        cameras,
        started,
      });
    });
  },
  i18n: messages,
};
