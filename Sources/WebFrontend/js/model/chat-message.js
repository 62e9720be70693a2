/**
 * Messages of a conversation, as `Chat` stores them. Only `role` and `content` are Label Studio's:
 * whatever else a message carries (an id, a model's name, a verdict of another tool) stays with it.
 *
 * A message that was chosen from several answers holds the others as `alternatives`, each with
 * `rejected: true` once a person has chosen, and that person's `reason`. An alternative without `rejected`
 * still waits for a choice.
 */

/** @typedef {{ readonly role: string, readonly content: string, readonly [member: string]: any }} Message */

/**
 * @typedef {object} Answer One of those that a message is chosen from.
 * @property {string} content
 * @property {number} at Its place among the alternatives; -1 for the message itself.
 * @property {string} key The same wherever the answer stands.
 */

/** @param {any} one @returns {Message | null} Null for what cannot be shown as a message. */
export function readMessage(one) {
  const isMessage = typeof one?.role === "string" && typeof one.content === "string";
  return isMessage ? one : null;
}

/** What the server takes; a model may call itself something else. */
const roles = new Set(["user", "assistant", "system", "tool", "developer"]);

/**
 * The messages of a model's answer. They carry when they came and who said them.
 * @param {{ readonly result: readonly any[], readonly model_version?: any }} answer
 * @param {{ chat: string, model: string, now: number }} about `chat`: name of the tag.
 * @returns {Message[]}
 */
export function messagesOf({ result, model_version: version }, { chat, model, now }) {
  return result.flatMap((item) => {
    if (item?.type !== "chatmessage" || (item.from_name ?? chat) !== chat) return [];
    const said = { role: "assistant", ...item.value?.chatmessage };
    const message = readMessage({ ...said, role: roles.has(said.role) ? said.role : "assistant" });
    if (!message) return [];
    const createdAt = typeof said.createdAt === "number" ? said.createdAt : now;
    return [{ ...message, createdAt, model: said.model ?? version ?? model }];
  });
}

/** @param {Message} message @returns {readonly any[]} */
const alternativesOf = ({ alternatives }) => (Array.isArray(alternatives) ? alternatives : []);

/** @param {any} one */
const isAnswer = (one) => typeof one?.content === "string";

/** @param {Message} message @returns {Answer[]} The message's own words first. */
export function answersOf(message) {
  const all = [message, ...alternativesOf(message)];
  return all.flatMap((one, i) =>
    isAnswer(one)
      ? [{ content: one.content, at: i - 1, key: `${one.createdAt ?? ""}/${one.content}` }]
      : [],
  );
}

/** @param {Message} message @returns {boolean} Whether a person has chosen it from its answers. */
export const isDecided = (message) =>
  alternativesOf(message)
    .filter(isAnswer)
    .every(({ rejected }) => rejected === true);

/**
 * The answers in the order in which they were met: choosing one does not move it.
 * @param {readonly Answer[]} answers @param {readonly string[]} keys Of those met before.
 */
export function inOrderMet(answers, keys) {
  const rest = [...answers];
  const known = keys.flatMap((key) => {
    const at = rest.findIndex((one) => one.key === key);
    return at < 0 ? [] : rest.splice(at, 1);
  });
  return [...known, ...rest];
}

/** @param {Message} message @param {readonly Message[]} answers To choose from, beside what it has. */
export const withAnswers = (message, answers) => ({
  ...message,
  alternatives: [...alternativesOf(message), ...answers.map(({ role: _role, ...words }) => words)],
});

/**
 * The message with one of its answers in front. What an answer carries goes with it; `role` and `reason`
 * are the message's.
 * @param {Message} message @param {number} at Of the answer. @returns {Message}
 */
export function withChoice(message, at) {
  const { role, reason, alternatives: _alternatives, ...words } = message;
  const all = alternativesOf(message);
  const { rejected: _rejected, ...chosen } = at < 0 ? words : all[at];
  const rejected = all.map((one, i) => {
    const other = i === at ? words : one;
    return isAnswer(other) ? { ...other, rejected: true } : other;
  });
  return {
    ...chosen,
    role,
    content: chosen.content,
    alternatives: rejected,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** @param {Message} message @param {string} reason Why it is better; "" takes it away. @returns {Message} */
export function withReason(message, reason) {
  const { reason: _old, ...rest } = message;
  return reason === "" ? rest : { ...rest, reason };
}
