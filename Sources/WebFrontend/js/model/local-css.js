/**
 * CSS of a labeling config without what it would load from elsewhere: the content security policy
 * refuses that anyway, and every refusal is an error in the console.
 * @param {string} css
 */
export const withoutRemoteLoads = (css) =>
  css
    .replace(/@import\b[^;]*;?/gi, "")
    .replace(/url\(\s*(["']?)\s*(?:[a-z][a-z0-9+.-]*:)?\/\/[^)]*\)/gi, "none");
