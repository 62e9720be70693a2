/** A few points for the preview of a config, where there is no task: a street with a car on it. */
import { CloudBuilder } from "./cloud.js";

/** @returns {import("./cloud.js").Cloud} */
export function sampleCloud() {
  const builder = new CloudBuilder(20_000, { hasIntensity: true, hasColor: false });
  for (let x = -12; x <= 12; x += 0.25)
    for (let y = -8; y <= 8; y += 0.25) builder.add(x, y, -1.7 + 0.02 * Math.sin(x * 7 + y), 0.2);
  for (let u = 0; u <= 1; u += 0.05) {
    for (let v = 0; v <= 1; v += 0.1) {
      const [x, z] = [-2 + 4 * u, -1.6 + 1.3 * v];
      builder.add(x, 1, z, 0.8);
      builder.add(x, 2.8, z, 0.8);
      builder.add(x, 1 + 1.8 * v, -0.3, 0.9);
    }
  }
  return builder.finish();
}
