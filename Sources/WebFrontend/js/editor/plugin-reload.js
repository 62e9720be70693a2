/** While plugins are developed beside the server: opens the page anew when one was built. */
import { watchPlugins } from "../api/plugins.js";
import { t } from "../i18n/t.js";
import { toast } from "../widgets/toast.js";

/**
 * Does nothing unless the server was started for developing plugins.
 *
 * Modules cannot be taken out of a document once they are in, and this document's import map
 * names the digests of the old ones; so the page is opened anew, with its draft sent before.
 * @param {Pick<import("./editor-page.js").EditorPage, "tab">} page
 */
export function followPluginSources(page) {
  if (!document.querySelector('meta[name="postil-plugin-dev"]')) return;
  watchPlugins(({ id, change, detail }) => {
    if (change === "build_failed")
      toast(t("{plugin} does not build. {detail}", { plugin: id, detail: detail ?? "" }), {
        kind: "bad",
      });
    if (change === "reloaded" && isLoadedHere(id)) void reopen(page);
  }, new AbortController().signal);
}

/** @param {string} id */
function isLoadedHere(id) {
  const map = document.querySelector('script[type="importmap"]')?.textContent ?? "";
  return map.includes(`/plugins/${id}/`);
}

/** @param {Pick<import("./editor-page.js").EditorPage, "tab">} page */
async function reopen(page) {
  await page.tab?.saver.flush();
  location.reload();
}
