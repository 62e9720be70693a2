/** Which labels a new config no longer offers, so that nobody takes away by mistake what is in use. */

/** @typedef {import("../api/types.js").Project} Project */

/** @type {Record<string, string>} */
const entities = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * Labels and choices of the project that the new config lacks, in the old config's order.
 * @param {Pick<Project, "parsed_label_config">} project
 * @param {string} config
 * @returns {string[]}
 */
export function vanishedLabels(project, config) {
  const offered = offeredLabels(config);
  const controls = Object.values(project.parsed_label_config ?? {});
  const labels = new Set(controls.flatMap((control) => control.labels ?? []));
  return [...labels].filter((label) => !offered.has(label));
}

/**
 * Every `value` or `alias` of any tag counts as offered: rather no warning than a wrong one.
 * @param {string} config
 */
function offeredLabels(config) {
  const values = config.matchAll(/\s(?:value|alias)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return new Set([...values].map(([, double, single]) => unescapeXML(double ?? single ?? "")));
}

/** @param {string} text */
function unescapeXML(text) {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[name] ?? whole;
    const code = hex ? parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
