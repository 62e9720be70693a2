import { t } from "../i18n/t.js";

/**
 * A refusal: programs switch on `code`, people read `message` and `hint`.
 *
 * `status` is the HTTP status, or 0 with code `network` when no answer came.
 */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {Record<string, any>} body The error envelope; any part of it may be missing.
   * @param {unknown} [cause]
   */
  constructor(status, body, cause) {
    super(sentence(status, body), { cause });
    this.name = "ApiError";
    this.status = status;
    this.body = body;
    /** @type {string} */
    this.code = body.code ?? "";
    /** @type {string} */
    this.hint = body.hint ?? "";
    /** @type {import("./types.js").Place | null} */
    this.place = body.place ?? null;
    /** @type {import("./types.js").PluginReference | null} */
    this.plugin = body.plugin ?? null;
    /** @type {string} Who can enable the plugin: a role in words. */
    this.canEnable = body.can_enable ?? "";
    /** @type {Record<string, string[]>} Messages by field name. */
    this.fields = fieldMessages(body);
  }

  /** @returns {string} What the server said is wrong. */
  get detail() {
    return this.message;
  }
}

/** @param {unknown} cause */
export function networkError(cause) {
  const detail = t("The server cannot be reached.");
  return new ApiError(
    0,
    { code: "network", detail, hint: t("Check the connection, then try again.") },
    cause,
  );
}

/**
 * @param {Response} response
 * @returns {Promise<ApiError>}
 */
export async function errorFromResponse(response) {
  return errorFromText(response.status, await response.text().catch(() => ""));
}

/**
 * @param {number} status
 * @param {string} text The answer's body; anything but a JSON object counts as no envelope.
 */
export function errorFromText(status, text) {
  try {
    const body = JSON.parse(text);
    return new ApiError(status, body !== null && typeof body === "object" ? body : {});
  } catch {
    return new ApiError(status, {});
  }
}

/**
 * The envelope says "Validation error" for every field error; the field's own sentence says more.
 * @param {number} status
 * @param {Record<string, any>} body
 */
function sentence(status, body) {
  const messages = Object.values(fieldMessages(body)).flat();
  const detail = typeof body["detail"] === "string" ? body["detail"] : "";
  if (messages.length > 0 && (detail === "" || detail === "Validation error"))
    return messages.join(" ");
  if (detail) return detail;
  if (status === 403) return t("You do not have the permission for this.");
  if (status === 404) return t("This does not exist, or not any more.");
  if (status === 413) return t("This is larger than the server accepts.");
  return t("The server answered with status {status}.", { status: String(status) });
}

/**
 * @param {Record<string, any>} body
 * @returns {Record<string, string[]>}
 */
function fieldMessages(body) {
  /** @type {Record<string, string[]>} */
  const fields = {};
  for (const [name, value] of Object.entries(body["validation_errors"] ?? {})) {
    fields[name] = (Array.isArray(value) ? value : [value]).map(String);
  }
  return fields;
}
