/**
 * Messages of a conversation, as `Chat` stores them. Only `role` and `content` are ours: whatever else a
 * message carries (an id, a model's name, a verdict of another tool) stays with it through every change.
 */

/** @typedef {{ readonly role: string, readonly content: string, readonly [member: string]: any }} Message */

/** @param {any} one @returns {Message | null} Null for what cannot be shown as a message. */
export function readMessage(one) {
  const isMessage = typeof one?.role === "string" && typeof one.content === "string";
  return isMessage ? one : null;
}
