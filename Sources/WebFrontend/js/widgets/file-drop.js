import { t } from "../i18n/t.js";
import { h } from "./dom.js";
import { icon } from "./icon.js";

/** @typedef {import("../api/imports.js").ChosenFile} ChosenFile */

/**
 * Takes files or whole folders, by choosing or by dropping.
 * @fires files-chosen - `detail` is a `ChosenFile[]`; hidden files are left out.
 */
export class FileDrop extends HTMLElement {
  #listening = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const files = this.#chooser(false);
    const folder = this.#chooser(true);
    this.replaceChildren(
      h(
        "div",
        { class: "file-drop" },
        icon("upload", 24),
        h("p", null, t("Drop files or a folder here, or choose them.")),
        h(
          "div",
          { class: "row" },
          h(
            "button",
            { type: "button", class: "button", onclick: () => files.click() },
            icon("file"),
            t("Choose files"),
          ),
          h(
            "button",
            { type: "button", class: "button", onclick: () => folder.click() },
            icon("folder"),
            t("Choose a folder"),
          ),
        ),
        files,
        folder,
      ),
    );
    this.addEventListener(
      "dragover",
      (event) => {
        event.preventDefault();
        this.toggleAttribute("data-over", true);
      },
      { signal },
    );
    this.addEventListener("dragleave", () => this.toggleAttribute("data-over", false), { signal });
    this.addEventListener("drop", (event) => void this.#onDrop(event), { signal });
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  /** @param {boolean} isFolder */
  #chooser(isFolder) {
    const input = h("input", {
      type: "file",
      multiple: true,
      hidden: true,
      webkitdirectory: isFolder,
      "aria-label": isFolder ? t("Folder to import") : t("Files to import"),
      onchange: () => {
        const chosen = [...(input.files ?? [])];
        input.value = ""; // the same files can be chosen again
        this.#announce(
          chosen.map((file) => ({ file, path: file.webkitRelativePath || file.name })),
        );
      },
    });
    return input;
  }

  /** @param {DragEvent} event */
  async #onDrop(event) {
    event.preventDefault();
    this.toggleAttribute("data-over", false);
    // The list of items empties itself as soon as this handler yields.
    const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry());
    const found = await Promise.all(entries.map((entry) => (entry ? filesIn(entry) : [])));
    this.#announce(found.flat());
  }

  /** @param {ChosenFile[]} files */
  #announce(files) {
    const detail = files.filter(
      ({ path }) => !path.split("/").some((name) => name.startsWith(".")),
    );
    if (detail.length > 0)
      this.dispatchEvent(new CustomEvent("files-chosen", { detail, bubbles: true }));
  }
}

/**
 * @param {FileSystemEntry} entry
 * @returns {Promise<ChosenFile[]>}
 */
async function filesIn(entry) {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const source = /** @type {FileSystemFileEntry} */ (entry);
    /** @type {File} */
    const file = await new Promise((resolve, reject) => source.file(resolve, reject));
    return [{ file, path }];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {ChosenFile[]} */
  const files = [];
  for (;;) {
    // A reader hands out at most a hundred entries at a time, and none when it is done.
    /** @type {FileSystemEntry[]} */
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return files;
    for (const inner of entries) files.push(...(await filesIn(inner)));
  }
}

customElements.define("file-drop", FileDrop);
