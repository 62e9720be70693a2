import { checkStorage, createStorage, previewStorage, updateStorage } from "../../api/storages.js";
import { t } from "../../i18n/t.js";
import { h } from "../../widgets/dom.js";
import { checkbox, field, select } from "../../widgets/field.js";
import { formDialog } from "../../widgets/form-dialog.js";
import { formatBytes } from "../../widgets/format.js";
import { notice } from "../../widgets/states.js";

/** @typedef {import("../../api/storages.js").Storage} Storage */
/** @typedef {import("../../api/storages.js").Direction} Direction */
/** @typedef {import("../../api/storages.js").Kind} Kind */

const previewed = 20;

/**
 * Links a storage or changes one.
 * @param {Direction} direction
 * @param {number} project
 * @param {Storage | null} storage null for a new one.
 * @returns {Promise<Storage | null>} As it is stored; null when nothing was.
 */
export function openStorageDialog(direction, project, storage) {
  const kind = field(
    select(
      [
        ["s3", t("Bucket: Amazon S3 and its like")],
        ["localfiles", t("Folder on the server")],
      ],
      { value: storage?.type ?? "s3", disabled: storage !== null, onchange: follow },
    ),
    { label: t("Kind") },
  );
  const title = field(input(storage?.title ?? ""), { label: t("Name") });
  const place = placeFields(storage);
  const rules = direction === "import" ? importRules(storage) : exportRules(storage);
  const kindNow = () => /** @type {Kind} */ (kind.control.value);

  function follow() {
    place.show(kindNow());
    rules.show(kindNow());
  }

  follow();
  const values = () => ({
    ...(storage && { id: storage.id }),
    title: title.control.value.trim(),
    ...place.read(kindNow()),
    ...rules.read(kindNow()),
  });
  return formDialog({
    title: storage
      ? t("Change the storage")
      : direction === "import"
        ? t("New source of tasks")
        : t("New target for annotations"),
    confirm: storage ? t("Save") : t("Link the storage"),
    size: "wide",
    body: [h("div", { class: "pair" }, kind.element, title.element), place.element, rules.element],
    fields: () => ({ title, ...place.fields(kindNow()), ...rules.fields }),
    send: () =>
      storage
        ? updateStorage(direction, storage, values())
        : createStorage(direction, kindNow(), project, values()),
    trials: [
      {
        label: t("Test"),
        async run() {
          await checkStorage(direction, kindNow(), project, values());
          return notice("ok", h("p", null, t("The storage can be reached.")));
        },
      },
      ...(direction === "import"
        ? [
            {
              label: t("Show files"),
              run: async () =>
                objectList(
                  await previewStorage(direction, kindNow(), project, values(), previewed),
                ),
            },
          ]
        : []),
    ],
  });
}

/** @param {string} value @param {import("../../widgets/dom.js").Attributes} [attributes] */
function input(value, attributes = {}) {
  return h("input", {
    class: "input",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    value,
    ...attributes,
  });
}

/**
 * Where it is, and what opens it.
 * @param {Storage | null} storage
 */
function placeFields(storage) {
  const path = field(input(storage?.path ?? ""), {
    label: t("Folder"),
    hint: t("Absolute, inside one of the server's media folders."),
    required: true,
  });
  const bucket = field(input(storage?.bucket ?? ""), { label: t("Bucket"), required: true });
  const prefix = field(input(storage?.prefix ?? ""), {
    label: t("Prefix"),
    hint: t("Only objects whose names begin with it. Optional."),
  });
  const endpoint = field(input(storage?.s3_endpoint ?? "", { type: "url" }), {
    label: t("Address of the service"),
    hint: t("Empty for Amazon's own."),
  });
  const region = field(input(storage?.region_name ?? "", { placeholder: "us-east-1" }), {
    label: t("Region"),
  });
  const kept = storage ? t("Empty: as it is.") : "";
  const secret = { type: "password", autocomplete: "new-password" };
  const key = field(input(""), { label: t("Access key ID"), hint: kept });
  const secretKey = field(input("", secret), { label: t("Secret access key"), hint: kept });
  const token = field(input("", secret), {
    label: t("Session token"),
    hint: [t("For temporary keys only."), kept].filter(Boolean).join(" "),
  });
  const inBucket = h(
    "div",
    { class: "stack" },
    h("div", { class: "pair" }, bucket.element, prefix.element),
    h("div", { class: "pair" }, endpoint.element, region.element),
    h("div", { class: "pair" }, key.element, secretKey.element, token.element),
  );
  const text = (/** @type {{ control: HTMLInputElement }} */ { control }) => control.value.trim();
  return {
    element: h("div", { class: "stack" }, path.element, inBucket),
    /** @param {Kind} kind */
    show(kind) {
      path.element.hidden = kind !== "localfiles";
      inBucket.hidden = kind !== "s3";
    },
    /** @param {Kind} kind @returns {Record<string, ReturnType<typeof field>>} */
    fields: (kind) =>
      kind === "localfiles"
        ? { path }
        : {
            bucket,
            prefix,
            s3_endpoint: endpoint,
            region_name: region,
            aws_access_key_id: key,
            aws_secret_access_key: secretKey,
            aws_session_token: token,
          },
    /** @param {Kind} kind */
    read: (kind) =>
      kind === "localfiles"
        ? { path: text(path) }
        : {
            bucket: text(bucket),
            prefix: text(prefix),
            s3_endpoint: text(endpoint),
            region_name: text(region),
            aws_access_key_id: text(key),
            aws_secret_access_key: text(secretKey),
            aws_session_token: text(token),
          },
  };
}

/**
 * What becomes tasks.
 * @param {Storage | null} storage
 */
function importRules(storage) {
  const contents = field(
    select(
      [
        ["files", t("Files to label: each becomes a task")],
        ["tasks", t("Tasks as JSON")],
      ],
      { value: storage && !storage.use_blob_urls ? "tasks" : "files" },
    ),
    { label: t("Objects are") },
  );
  const filter = field(input(storage?.regex_filter ?? "", { class: "input mono" }), {
    label: t("Only names that match"),
    hint: t("A regular expression, such as .*\\.jpg. Optional."),
  });
  const isRecursive = checkbox(t("Folders inside it too"), {
    checked: storage?.recursive_scan ?? true,
  });
  const presigns = checkbox(t("Browsers fetch files from the bucket itself, by signed addresses"), {
    checked: storage?.presign ?? false,
    onchange: follow,
  });
  const minutes = field(
    input(String(storage?.presign_ttl ?? 15), { type: "number", min: 1, max: 10_080, step: 1 }),
    { label: t("Minutes for which a signed address works") },
  );
  const signing = h("div", { class: "stack stack--tight" }, presigns.element, minutes.element);

  function follow() {
    minutes.element.hidden = !presigns.control.checked;
  }

  follow();
  return {
    element: h(
      "div",
      { class: "stack" },
      h("div", { class: "pair" }, contents.element, filter.element),
      isRecursive.element,
      signing,
    ),
    /** @param {Kind} kind */
    show(kind) {
      signing.hidden = kind !== "s3";
    },
    fields: { regex_filter: filter, presign_ttl: minutes },
    /** @param {Kind} kind */
    read: (kind) => ({
      use_blob_urls: contents.control.value === "files",
      regex_filter: filter.control.value.trim(),
      recursive_scan: isRecursive.control.checked,
      ...(kind === "s3" && {
        presign: presigns.control.checked,
        ...(presigns.control.checked && { presign_ttl: minutes.control.valueAsNumber }),
      }),
    }),
  };
}

/**
 * What becomes of objects.
 * @param {Storage | null} storage
 */
function exportRules(storage) {
  const deletes = checkbox(t("Delete an object when its annotation is deleted"), {
    checked: storage?.can_delete_objects === true,
  });
  return {
    element: deletes.element,
    show() {},
    fields: {},
    read: () => ({ can_delete_objects: deletes.control.checked }),
  };
}

/** @param {import("../../api/storages.js").StoredObject[]} objects */
function objectList(objects) {
  if (objects.length === 0)
    return notice("warn", h("p", null, t("There is nothing there that would become a task.")));
  return h(
    "section",
    { class: "stack stack--tight", "aria-label": t("Files") },
    h(
      "p",
      { class: "small muted" },
      t("{count, plural, one {The first one} other {The first #}}", { count: objects.length }),
    ),
    h(
      "ul",
      { class: "linked__log mono" },
      objects.map(({ key, size }) =>
        h("li", null, size === null ? key : `${key} · ${formatBytes(size)}`),
      ),
    ),
  );
}
