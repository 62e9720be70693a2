// Runs the pure functions of a tag's ES module on the cases of a sample, under Node.
//
//     node browser-half.mjs MODULE CASES WEB_FILES
//
// Reads each valid case's result with `parse`, writes it with `serialize` as the editor would, and
// prints the cases with these results. `postil plugin check` then asks the plugin's server half
// about them. Exit code 1, with the reasons on standard error, when the module cannot do it.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [module, casesFile, webFiles] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(path).href);
const problems = [];

/** Attributes as the editor hands them over: lower-case names, booleans as such. */
function attributes(element) {
  const pairs = Object.entries(element?.attributes ?? {}).map(([name, text]) => [
    name.toLowerCase(),
    text === "true" ? true : text === "false" ? false : text,
  ]);
  return Object.fromEntries(pairs);
}

/** What the editor does with a result that somebody has touched. */
function again(behavior, { element, data, result }, geometry, number) {
  const env = {
    attrs: attributes(element),
    task: { id: 1, data: data ?? {} },
    media: { width: result.original_width ?? 0, height: result.original_height ?? 0 },
    geometry,
  };
  const value = behavior.parse(result, env);
  if (value === null || value === undefined) {
    problems.push(`Case ${number}: parse cannot read the result, which the server accepts.`);
    return result;
  }
  const before = JSON.stringify(value);
  const first = JSON.stringify(behavior.serialize(value, env));
  const second = JSON.stringify(behavior.serialize(value, env));
  if (first !== second) problems.push(`Case ${number}: serialize gives something else each time.`);
  if (JSON.stringify(value) !== before)
    problems.push(`Case ${number}: serialize changes its value.`);
  return { ...result, value: { ...result.value, ...JSON.parse(first).value } };
}

try {
  const { default: definition } = await load(module);
  const { geometry } = await load(`${webFiles}/js/model/geometry.js`);
  const behavior = definition?.region ?? definition?.answer;
  const cases = JSON.parse(await readFile(casesFile, "utf8")).filter(
    ({ valid }) => valid !== false,
  );
  if (definition?.apiVersion !== 1) problems.push("The module's apiVersion is not 1.");
  if (typeof behavior?.parse !== "function" || typeof behavior.serialize !== "function") {
    problems.push("The module has no region and no answer with parse and serialize.");
  } else {
    const made = cases.map((one, i) => ({ ...one, result: again(behavior, one, geometry, i + 1) }));
    if (problems.length === 0) process.stdout.write(JSON.stringify(made));
  }
} catch (error) {
  problems.push(`The module fails under Node: ${error.message}`);
}
if (problems.length > 0) {
  process.stderr.write(problems.join("\n") + "\n");
  process.exitCode = 1;
}
