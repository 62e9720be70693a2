/** Fetches and reads a point cloud off the page's thread. */
import { parseCloud } from "./parse-cloud.js";

/** @param {{ url: string, binFields: number }} wanted */
async function load({ url, binFields }) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The point cloud cannot be had (${answer.status}): ${url}`);
  return parseCloud(new Uint8Array(await answer.arrayBuffer()), { binFields });
}

self.addEventListener("message", async ({ data }) => {
  try {
    const cloud = await load(data);
    const buffers = [cloud.positions, cloud.intensities, cloud.colors].flatMap((array) =>
      array ? [array.buffer] : [],
    );
    self.postMessage({ cloud }, { transfer: buffers });
  } catch (error) {
    const isNetwork = error instanceof TypeError;
    const message = error instanceof Error ? error.message : String(error);
    self.postMessage({
      error: isNetwork ? `The point cloud cannot be had: ${data.url}` : message,
    });
  }
});
