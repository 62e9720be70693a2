/** The storages of one direction: link, change, synchronize, look at what went wrong. */
import { deleteStorage, getStorage, syncStorage } from "../../api/storages.js";
import { t } from "../../i18n/t.js";
import { confirmDialog } from "../../widgets/dialog.js";
import { h, replace } from "../../widgets/dom.js";
import { formatMoment } from "../../widgets/format.js";
import { icon } from "../../widgets/icon.js";
import { errorText } from "../../widgets/states.js";
import { toast } from "../../widgets/toast.js";
import { openStorageDialog } from "./storage-dialog.js";

/** @typedef {import("../../api/storages.js").Storage} Storage */
/** @typedef {import("../../api/storages.js").Direction} Direction */

/** One that is being synchronized is asked for again after this time. */
const pollMilliseconds = 1000;

/**
 * @typedef {object} StorageListOptions
 * @property {Direction} direction
 * @property {number} project
 * @property {Storage[]} storages
 * @property {AbortSignal} signal
 * @property {string} title
 * @property {string} text
 * @property {string} add What the button says.
 */

/** @param {StorageListOptions} options */
export function storageList({ direction, project, storages, signal, title, text, add }) {
  const list = h("ul", { class: "stack", "aria-label": title });
  const items = storages.map((storage) => storageItem(direction, project, storage, signal));

  function show() {
    replace(
      list,
      items.length === 0
        ? h("li", { class: "muted" }, t("There is none yet."))
        : items.map(({ element }) => element),
    );
  }

  async function addOne() {
    const made = await openStorageDialog(direction, project, null);
    if (!made) return;
    const item = storageItem(direction, project, made, signal);
    items.push(item);
    show();
    toast(t("Storage linked."), { kind: "ok" });
  }

  list.addEventListener("storage-deleted", (event) => {
    items.splice(
      items.findIndex(({ element }) => element === event.target),
      1,
    );
    show();
  });
  show();
  return h(
    "section",
    { class: "stack stack--tight" },
    h(
      "div",
      { class: "row row--apart" },
      h("h3", null, title),
      h(
        "button",
        { type: "button", class: "button", onclick: () => void addOne() },
        icon("plus"),
        add,
      ),
    ),
    h("p", { class: "muted" }, text),
    list,
  );
}

/** @returns {Record<Storage["status"], [label: string, kind: string]>} */
function states() {
  return {
    initialized: [t("Not synchronized yet"), ""],
    queued: [t("Waiting"), "badge--accent"],
    in_progress: [t("Being synchronized"), "badge--accent"],
    completed: [t("Synchronized"), "badge--ok"],
    completed_with_errors: [t("Synchronized in part"), "badge--warn"],
    failed: [t("Failed"), "badge--bad"],
  };
}

/** @param {Pick<Storage, "status">} storage */
const isWorking = ({ status }) => status === "queued" || status === "in_progress";

/**
 * @param {Direction} direction
 * @param {number} project
 * @param {Storage} storage
 * @param {AbortSignal} signal
 */
function storageItem(direction, project, storage, signal) {
  const element = h("li", { class: "card linked" });
  let now = storage;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  signal.addEventListener("abort", () => clearTimeout(timer));

  /** @param {Storage} next */
  function show(next) {
    now = next;
    const hadFocus = element.contains(document.activeElement);
    const isOpen = element.querySelector("details")?.open === true;
    const busy = isWorking(now);
    const sync = button(busy ? t("Synchronizing…") : t("Synchronize"), () => run(synchronize));
    sync.disabled = busy;
    const [label, kind] = states()[now.status] ?? [now.status, ""];
    replace(
      element,
      h(
        "div",
        { class: "row row--apart" },
        h("h3", { class: "linked__name grow" }, now.title || placeOf(now)),
        h("span", { class: `badge ${kind}`, role: "status" }, label),
      ),
      h("p", { class: "muted small mono linked__name" }, placeOf(now)),
      h("p", { class: "small" }, outcome(direction, now)),
      busy && h("progress", { "aria-label": t("Synchronizing") }),
      h(
        "div",
        { class: "row" },
        sync,
        button(t("Change…"), () => run(change)),
        button(t("Unlink…"), () => run(remove), "button--danger"),
      ),
      now.traceback &&
        h(
          "details",
          { open: isOpen },
          h("summary", { class: "small" }, t("Log")),
          h("pre", { class: "linked__log", tabindex: "0" }, now.traceback),
        ),
    );
    if (hadFocus) (busy ? element.querySelectorAll("button")[1] : sync)?.focus();
    clearTimeout(timer);
    if (busy && !signal.aborted) timer = setTimeout(() => run(follow), pollMilliseconds);
  }

  /** @param {string} label @param {() => void} onclick @param {string} [kind] */
  function button(label, onclick, kind = "") {
    return h("button", { type: "button", class: `button button--small ${kind}`, onclick }, label);
  }

  /** @param {() => Promise<void>} work */
  function run(work) {
    work().catch((error) => {
      if (!signal.aborted) toast(errorText(error), { kind: "bad" });
    });
  }

  async function follow() {
    show(await getStorage(direction, now, signal));
  }

  async function synchronize() {
    show({ ...now, status: "queued" });
    try {
      show(await syncStorage(direction, now));
    } catch (error) {
      await follow();
      throw error;
    }
  }

  async function change() {
    const saved = await openStorageDialog(direction, project, now);
    if (!saved) return;
    show(saved);
    toast(t("Storage saved."), { kind: "ok" });
  }

  async function remove() {
    const agreed = await confirmDialog({
      title: t("Unlink this storage?"),
      message: t("Its files, and the tasks that were made of them, stay."),
      confirm: t("Unlink"),
      danger: true,
    });
    if (!agreed) return;
    await deleteStorage(direction, now);
    clearTimeout(timer);
    element.dispatchEvent(new CustomEvent("storage-deleted", { bubbles: true }));
    toast(t("Storage unlinked."), { kind: "ok" });
  }

  show(storage);
  return { element };
}

/** @param {Storage} storage */
function placeOf({ type, path = "", bucket = "", prefix, s3_endpoint }) {
  if (type === "localfiles") return path;
  const name = ["s3:/", bucket, prefix].filter(Boolean).join("/");
  return s3_endpoint ? `${name} (${s3_endpoint})` : name;
}

/** @param {Direction} direction @param {Storage} storage */
function outcome(direction, { last_sync, last_sync_count, meta }) {
  if (!last_sync) return "";
  const count = last_sync_count ?? 0;
  const known = meta.tasks_existed ?? 0;
  return [
    t("Last time: {moment}", { moment: formatMoment(last_sync) }),
    direction === "import"
      ? t("{count, plural, one {# new task} other {# new tasks}}", { count })
      : t("{count, plural, one {# annotation written} other {# annotations written}}", { count }),
    direction === "import" &&
      known > 0 &&
      t("{count, plural, one {# object known before} other {# objects known before}}", {
        count: known,
      }),
  ]
    .filter(Boolean)
    .join(" · ");
}
