/** Names for what the editor makes. */

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/**
 * The id of a region that a new annotation begins with: the same each time, so that what a page kept of
 * its changes finds it again.
 * @param {string} control @param {number} number From 0.
 */
export const initialRegionID = (control, number) => `${control}-${number}`;

/** A region's id: ten characters, as results have them. 64^10 of them: no clash in any one task. */
export function newRegionID() {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join("");
}
