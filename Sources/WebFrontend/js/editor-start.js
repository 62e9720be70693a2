/** Joins the elements of editor.html to the editor. */
import "./components/annotation-tabs.js";
import "./components/editor-bar.js";
import "./components/panel-resizer.js";
import "./components/region-details.js";
import "./components/region-list.js";
import "./components/relation-list.js";
import "./components/tool-bar.js";
import { setSignInPrompt } from "./api/client.js";
import { EditorPage } from "./editor/editor-page.js";
import { followPluginSources } from "./editor/plugin-reload.js";
import { leaveByLinks } from "./editor/surrounding-page.js";
import { exposeForTests } from "./editor/test-hook.js";
import { t } from "./i18n/t.js";
import { promptSignIn } from "./widgets/sign-in-dialog.js";

/** @param {string} id @returns {any} */
const part = (id) => document.getElementById(id);

const text = (/** @type {string} */ selector) =>
  /** @type {HTMLElement} */ (document.querySelector(selector));
text(".skip-link").textContent = t("Skip to the task");
text(".editor__center").ariaLabel = t("Task");
text(".panel").ariaLabel = t("Regions");

setSignInPrompt(promptSignIn);
leaveByLinks();
const page = new EditorPage({
  bar: part("bar"),
  tabs: part("tabs"),
  tools: part("tools"),
  regions: part("regions"),
  relations: part("relations"),
  details: part("details"),
  panels: part("panels"),
  stage: part("stage"),
  message: part("message"),
  spoken: part("spoken"),
});
exposeForTests(page);
followPluginSources(page);
void page.start(location.pathname);
