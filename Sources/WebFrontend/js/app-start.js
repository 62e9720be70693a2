/** Starts the pages: everything but the labeling editor, which is a document of its own. */
import { setSignInPrompt } from "./api/client.js";
import { currentSession } from "./api/session.js";
import { t } from "./i18n/t.js";
import { Router } from "./router.js";
import { renderShell } from "./pages/shell.js";
import { signInView } from "./pages/sign-in.js";
import { promptSignIn } from "./widgets/sign-in-dialog.js";
import { errorState } from "./widgets/states.js";
import { replace } from "./widgets/dom.js";

/** @type {import("./router.js").Route[]} */
const routes = [
  { path: "/(?:projects)?", load: () => import("./pages/project-list.js") },
  { path: "/projects/new", load: () => import("./pages/project-create.js") },
  { path: "/projects/{id}", load: () => import("./pages/project-data.js") },
  { path: "/projects/{id}/settings", load: () => import("./pages/settings/general.js") },
  {
    path: "/projects/{id}/settings/interface",
    load: () => import("./pages/settings/labeling-interface.js"),
  },
  {
    path: "/projects/{id}/settings/instructions",
    load: () => import("./pages/settings/instructions.js"),
  },
  {
    path: "/projects/{id}/settings/annotation",
    load: () => import("./pages/settings/annotation-rules.js"),
  },
  { path: "/projects/{id}/settings/models", load: () => import("./pages/settings/models.js") },
  { path: "/projects/{id}/settings/storages", load: () => import("./pages/settings/storages.js") },
  { path: "/projects/{id}/settings/members", load: () => import("./pages/settings/members.js") },
  { path: "/projects/{id}/settings/webhooks", load: () => import("./pages/settings/webhooks.js") },
  { path: "/projects/{id}/plugins", load: () => import("./pages/project-plugins.js") },
  { path: "/projects/{id}/trash", load: () => import("./pages/project-trash.js") },
  { path: "/projects/deleted", load: () => import("./pages/deleted-projects.js") },
  { path: "/plugins", load: () => import("./pages/plugins.js") },
  { path: "/users", load: () => import("./pages/users.js") },
  { path: "/account", load: () => import("./pages/account.js") },
];

const root = /** @type {HTMLElement} */ (document.getElementById("shell"));
const skip = /** @type {HTMLElement} */ (document.querySelector(".skip-link"));
skip.textContent = t("Skip to content");
void start();

async function start() {
  try {
    const session = await currentSession();
    if (!session) return await showSignIn();
    if (location.pathname === "/sign-in") history.replaceState(null, "", "/projects");
    const { user } = session;
    setSignInPrompt(async () => {
      const { user: next } = await promptSignIn();
      if (next.id !== user.id) location.reload(); // somebody else sees other things
    });
    const outlet = renderShell(root, user);
    new Router(routes, outlet, () => user).start();
  } catch (error) {
    replace(
      root,
      errorState(error, () => void start(), "h1"),
    );
  }
}

/** Keeps the address that was asked for, to go there after the sign-in. */
async function showSignIn() {
  const wanted = location.pathname === "/sign-in" ? null : location.pathname + location.search;
  if (wanted !== null) {
    const query = wanted === "/" ? "" : `?${new URLSearchParams({ next: wanted })}`;
    history.replaceState(null, "", `/sign-in${query}`);
  }
  document.title = `${t("Sign in")} · Postil`;
  replace(
    root,
    signInView((next) => location.assign(next)),
  );
}
