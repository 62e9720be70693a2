/** Takes tasks from folders of the server and from buckets, and from those that are linked already. */
import {
  linkImportStorage,
  listImportStorages,
  readStorage,
  synchronizeStorage,
} from "../api/import-storages.js";
import { t } from "../i18n/t.js";
import { h, replace } from "../widgets/dom.js";
import { checkbox, field, select, whileBusy } from "../widgets/field.js";
import { errorNotice, notice } from "../widgets/states.js";

/** @typedef {import("../api/import-storages.js").ImportStorage} ImportStorage */
/** @typedef {import("../api/import-storages.js").StorageKind} StorageKind */

/** How often a synchronization that takes long is looked at. */
const lookMilliseconds = 2000;

/**
 * What a storage of each kind is asked for.
 * @type {Record<StorageKind, [name: string, label: string, hint: string][]>}
 */
const asked = {
  localfiles: [
    [
      "path",
      t("Folder on the server"),
      t("A folder below one that the server was started with as --media-root."),
    ],
  ],
  s3: [
    ["bucket", t("Bucket"), ""],
    ["prefix", t("Prefix"), t("Only objects below it. Optional.")],
    ["s3_endpoint", t("Endpoint"), t("For services other than Amazon's. Optional.")],
    ["region_name", t("Region"), t("Optional.")],
    ["aws_access_key_id", t("Access key"), ""],
    ["aws_secret_access_key", t("Secret key"), ""],
  ],
};

/**
 * @param {number} project
 * @param {AbortSignal} signal
 * @param {(count: number) => void} imported
 */
export function storageImport(project, signal, imported) {
  const linked = h("div");
  const status = h("div");
  const form = linkForm(async (kind, fields) => {
    replace(status);
    try {
      await synchronize(await linkImportStorage(project, kind, fields, signal));
      return true;
    } catch (error) {
      if (!signal.aborted) replace(status, errorNotice(error));
      return false;
    } finally {
      void list();
    }
  });

  async function list() {
    try {
      const storages = await listImportStorages(project, signal);
      replace(
        linked,
        storages.length > 0 &&
          h(
            "ul",
            { class: "linked-storages", "aria-label": t("Linked storages") },
            storages.map(row),
          ),
      );
    } catch (error) {
      if (!signal.aborted) replace(linked, errorNotice(error));
    }
  }

  /** @param {ImportStorage} storage */
  function row(storage) {
    const name = nameOf(storage);
    const button = h(
      "button",
      {
        type: "button",
        class: "button button--small",
        "aria-label": t("Import what is new in {name}", { name }),
        onclick: () => void whileBusy(button, t("Importing…"), () => attempt(storage)),
      },
      t("Import what is new"),
    );
    return h(
      "li",
      { class: "row row--apart" },
      h("span", { class: "clip", title: name }, name),
      button,
    );
  }

  /** @param {ImportStorage} storage */
  async function attempt(storage) {
    replace(status);
    try {
      await synchronize(storage);
    } catch (error) {
      if (!signal.aborted) replace(status, errorNotice(error));
    }
  }

  /** @param {ImportStorage} storage */
  async function synchronize(storage) {
    let now = await synchronizeStorage(storage, signal);
    while (now.status === "queued" || now.status === "in_progress") {
      replace(
        status,
        h("p", { class: "muted small", role: "status" }, t("Looking for what is new…")),
      );
      await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
      signal.throwIfAborted();
      now = await readStorage(storage, signal);
    }
    if (now.status === "failed")
      return replace(
        status,
        notice(
          "bad",
          h("p", { role: "alert" }, now.traceback || t("The storage could not be read.")),
        ),
      );
    const count = now.last_sync_count ?? 0;
    const known = now.meta.tasks_existed ?? 0;
    imported(count);
    replace(
      status,
      notice(
        count > 0 ? "ok" : "warn",
        h(
          "p",
          { role: "status" },
          count > 0
            ? t("{count, plural, one {# task} other {# tasks}} imported.", { count })
            : t("Nothing is new."),
        ),
        known > 0 &&
          h(
            "p",
            { class: "muted small" },
            t("{count, plural, one {# object} other {# objects}} known already.", { count: known }),
          ),
      ),
    );
  }

  return h(
    "details",
    {
      ontoggle: (/** @type {Event} */ { currentTarget }) => {
        if (currentTarget instanceof HTMLDetailsElement && currentTarget.open) void list();
      },
    },
    h("summary", null, t("From a storage")),
    h("div", { class: "stack stack--tight" }, linked, form, status),
  );
}

/** @param {ImportStorage} storage */
const nameOf = ({ title, path, bucket, prefix, id }) =>
  title ||
  path ||
  [bucket, prefix].filter(Boolean).join("/") ||
  t("Storage {id}", { id: String(id) });

/** @param {(kind: StorageKind, fields: Record<string, unknown>) => Promise<boolean>} link */
function linkForm(link) {
  const kind = select(
    [
      ["localfiles", t("A folder on the server")],
      ["s3", t("A bucket of S3 or its like")],
    ],
    { onchange: () => show() },
  );
  const kindField = field(kind, { label: t("Link a storage") });
  const fields = h("div", { class: "pair" });
  const pattern = field(h("input", { class: "input mono", placeholder: ".*\\.jpg" }), {
    label: t("Only names that match"),
    hint: t("A regular expression. Optional."),
  });
  const isRecursive = checkbox(t("Look into folders below"), { checked: true });
  const areMedia = checkbox(t("Each file is a task (else files hold tasks as JSON)"), {
    checked: true,
  });
  const button = h(
    "button",
    { type: "button", class: "button button--small", onclick: () => void submit() },
    t("Link and import"),
  );
  /** @type {{ name: string, isNeeded: boolean, input: ReturnType<typeof textField> }[]} */
  let inputs = [];

  function show() {
    inputs = asked[/** @type {StorageKind} */ (kind.value)].map(([name, label, hint]) => ({
      name,
      isNeeded: name === "path" || name === "bucket",
      input: textField(label, hint, name === "aws_secret_access_key"),
    }));
    replace(
      fields,
      inputs.map(({ input }) => input.element),
    );
  }

  async function submit() {
    for (const { isNeeded, input } of inputs)
      input.setError(isNeeded && input.control.value.trim() === "" ? t("This is needed.") : "");
    const missing = inputs.find(
      ({ isNeeded, input }) => isNeeded && input.control.value.trim() === "",
    );
    if (missing) return missing.input.control.focus();
    const values = inputs
      .map(({ name, input }) => [name, input.control.value.trim()])
      .filter(([, value]) => value !== "");
    await whileBusy(button, t("Importing…"), async () => {
      const isDone = await link(/** @type {StorageKind} */ (kind.value), {
        ...Object.fromEntries(values),
        recursive_scan: isRecursive.control.checked,
        use_blob_urls: areMedia.control.checked,
        ...(pattern.control.value.trim() && { regex_filter: pattern.control.value.trim() }),
      });
      if (isDone) show();
    });
  }

  show();
  return h(
    "div",
    { class: "stack stack--tight" },
    kindField.element,
    fields,
    pattern.element,
    isRecursive.element,
    areMedia.element,
    h("div", { class: "row" }, button),
  );
}

/** @param {string} label @param {string} hint @param {boolean} isSecret */
const textField = (label, hint, isSecret) =>
  field(
    h("input", {
      class: "input",
      type: isSecret ? "password" : "text",
      autocomplete: "off",
      spellcheck: "false",
    }),
    { label, hint },
  );
