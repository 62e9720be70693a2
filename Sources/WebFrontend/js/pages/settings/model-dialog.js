import { createModel, updateModel } from "../../api/models.js";
import { t } from "../../i18n/t.js";
import { h } from "../../widgets/dom.js";
import { checkbox, field } from "../../widgets/field.js";
import { formDialog } from "../../widgets/form-dialog.js";

/** @typedef {import("../../api/models.js").Model} Model */

/**
 * Connects a model or changes one. The server asks it before it stores anything.
 * @param {number} project
 * @param {Model | null} model null for a new one.
 * @returns {Promise<Model | null>} As it is stored; null when nothing was.
 */
export function openModelDialog(project, model) {
  const url = field(input(model?.url ?? "", { type: "url", placeholder: "https://" }), {
    label: t("Address"),
    hint: t("Of a server that speaks Label Studio's protocol for ML backends."),
    required: true,
  });
  const title = field(input(model?.title ?? ""), { label: t("Name") });
  const description = field(input(model?.description ?? ""), { label: t("Description") });
  const timeout = field(
    input(String(model?.timeout ?? 100), { type: "number", min: 0.1, max: 3600, step: "any" }),
    { label: t("Seconds to wait for predictions") },
  );
  const parameters = field(
    h("textarea", {
      class: "input mono",
      rows: 3,
      spellcheck: "false",
      value: textOf(model?.extra_params),
    }),
    { label: t("Extra parameters"), hint: t("JSON that the model gets along. Optional.") },
  );
  const needsPassword = checkbox(t("It asks for a user and a password"), {
    checked: model?.auth_method === "BASIC_AUTH",
    onchange: follow,
  });
  const user = field(input(model?.basic_auth_user ?? ""), { label: t("User") });
  const password = field(input("", { type: "password", autocomplete: "new-password" }), {
    label: t("Password"),
    hint: model?.basic_auth_pass_is_set ? t("Empty: as it is.") : "",
  });
  const credentials = h("div", { class: "pair indented" }, user.element, password.element);
  const isInteractive = checkbox(t("It answers while somebody labels"), {
    checked: model?.is_interactive ?? false,
  });
  const follows = checkbox(t("Follow the model to its newest version"), {
    checked: model?.auto_update ?? true,
  });

  function follow() {
    credentials.hidden = !needsPassword.control.checked;
  }

  follow();
  const values = () => ({
    url: url.control.value.trim(),
    title: title.control.value.trim(),
    description: description.control.value.trim(),
    timeout: timeout.control.valueAsNumber,
    is_interactive: isInteractive.control.checked,
    auto_update: follows.control.checked,
    auth_method: /** @type {"NONE" | "BASIC_AUTH"} */ (
      needsPassword.control.checked ? "BASIC_AUTH" : "NONE"
    ),
    basic_auth_user: user.control.value.trim(),
    basic_auth_pass: password.control.value,
    extra_params: parsed(parameters.control.value),
  });
  return formDialog({
    title: model ? t("Change the model") : t("Connect a model"),
    confirm: model ? t("Save") : t("Connect"),
    size: "wide",
    body: [
      h("div", { class: "pair" }, url.element, title.element),
      h("div", { class: "pair" }, description.element, timeout.element),
      h("div", { class: "stack stack--tight" }, needsPassword.element, credentials),
      parameters.element,
      h("div", { class: "stack stack--tight" }, isInteractive.element, follows.element),
    ],
    fields: () => ({
      url,
      title,
      timeout,
      extra_params: parameters,
      basic_auth_user: user,
      basic_auth_pass: password,
    }),
    check() {
      url.setError(url.control.value.trim() === "" ? t("Enter an address.") : "");
      timeout.setError(
        timeout.control.validity.valid && timeout.control.value !== ""
          ? ""
          : t("Enter a number from 0.1 to 3600."),
      );
      parameters.setError(
        parsed(parameters.control.value) === undefined ? t("This is no JSON.") : "",
      );
      const wrong = [url, timeout, parameters].find(({ control }) =>
        control.hasAttribute("aria-invalid"),
      );
      wrong?.control.focus();
      return wrong === undefined;
    },
    send: () => (model ? updateModel(model.id, values()) : createModel(project, values())),
  });
}

/** @param {string} value @param {import("../../widgets/dom.js").Attributes} [attributes] */
function input(value, attributes = {}) {
  const plain = { class: "input", type: "text", autocomplete: "off", spellcheck: "false" };
  return h("input", { ...plain, value, ...attributes });
}

/** @param {unknown} parameters */
const textOf = (parameters) =>
  parameters === null || parameters === undefined ? "" : JSON.stringify(parameters, null, 2);

/** @param {string} text @returns {unknown} null for nothing, undefined for what is no JSON. */
function parsed(text) {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
