import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../../Sources/WebFrontend/", import.meta.url);

/** Properties that stay on their side when a language runs the other way. `left` places what lies on
 * a picture, whose sides do not change. */
const sided =
  /\b(?:margin|padding|border)-(?:left|right)\b|\b(?:text-align|float|clear): (?:left|right)\b|\bborder-(?:top|bottom)-(?:left|right)-radius\b/;

test("styles follow the direction of the language", () => {
  const files = readdirSync(root, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith(".css") || path.endsWith("-styles.js"));
  assert.ok(files.length > 8);
  const found = files.flatMap((path) =>
    readFileSync(new URL(path, root), "utf8")
      .split("\n")
      .flatMap((line, index) => (sided.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
  assert.deepEqual(found, []);
});
