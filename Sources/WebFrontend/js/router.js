/**
 * Shows the page that belongs to the address, without loading a new document.
 *
 * What happens on each move: (1) the page that is left may object, (2) its `signal` aborts,
 * (3) the new page's module loads and renders; a skeleton appears when that takes longer than a
 * moment, (4) the page's heading takes the focus, so that screen readers announce it.
 */
import { ApiError } from "./api/error.js";
import { t } from "./i18n/t.js";
import { errorState, skeleton } from "./widgets/states.js";
import { replace } from "./widgets/dom.js";

/**
 * @typedef {object} PageContext
 * @property {Record<string, string>} parameters Named parts of the path.
 * @property {URLSearchParams} query
 * @property {AbortSignal} signal Aborts when the page is left.
 * @property {(path: string, options?: { replace?: boolean }) => void} navigate
 * @property {(query: Record<string, string>, options?: { replace?: boolean }) => void} setQuery
 *   Changes the address, not the page.
 * @property {(hasUnsavedWork: () => boolean) => void} guard
 * @property {() => void} reload Renders the page again.
 * @property {import("./api/types.js").User} user
 */

/**
 * @typedef {object} Page
 * @property {string} title
 * @property {HTMLElement} element
 */

/** @typedef {(context: PageContext) => Page | Promise<Page>} RenderPage */
/**
 * @typedef {object} Route
 * @property {string} path `{id}` in it matches digits.
 * @property {() => Promise<{ render: RenderPage }>} load
 */

const skeletonDelayMilliseconds = 80;

export class Router {
  /** @type {{ pattern: RegExp, load: Route["load"] }[]} */
  #routes;
  #outlet;
  #user;
  #visit = new AbortController();
  /** @type {() => boolean} */
  #hasUnsavedWork = () => false;
  /** @type {string} Where we are, to go back to when leaving is refused. */
  #here = "";

  /**
   * @param {Route[]} routes
   * @param {HTMLElement} outlet
   * @param {() => import("./api/types.js").User} user
   */
  constructor(routes, outlet, user) {
    this.#routes = routes.map(({ path, load }) => ({ pattern: patternOf(path), load }));
    this.#outlet = outlet;
    this.#user = user;
  }

  start() {
    document.addEventListener("click", (event) => this.#onClick(event));
    window.addEventListener("popstate", () => void this.#onPopState());
    window.addEventListener("beforeunload", (event) => {
      if (this.#hasUnsavedWork()) event.preventDefault();
    });
    void this.#show();
  }

  /**
   * Goes to an address of this application; other addresses load a document.
   * @param {string} path
   * @param {{ replace?: boolean }} options
   */
  async navigate(path, { replace: inPlace = false } = {}) {
    const url = new URL(path, location.href);
    if (url.origin !== location.origin || !this.#match(url.pathname)) return location.assign(url);
    if (!(await this.#mayLeave())) return;
    if (inPlace) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
    await this.#show();
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link?.href || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !this.#match(url.pathname)) return;
    if (url.hash && url.pathname === location.pathname) return;
    event.preventDefault();
    void this.navigate(url.href);
  }

  async #onPopState() {
    if (location.href.split("#")[0] === this.#here.split("#")[0]) return;
    const target = location.href;
    if (this.#hasUnsavedWork()) {
      history.pushState(null, "", this.#here);
      if (!(await this.#mayLeave())) return;
      history.replaceState(null, "", target);
    }
    await this.#show();
  }

  async #mayLeave() {
    if (!this.#hasUnsavedWork()) return true;
    const { confirmDialog } = await import("./widgets/dialog.js");
    const leaves = await confirmDialog({
      title: t("Leave without saving?"),
      message: t("What you changed on this page is not saved yet."),
      confirm: t("Leave"),
      danger: true,
    });
    if (leaves) this.#hasUnsavedWork = () => false;
    return leaves;
  }

  /** @param {string} pathname */
  #match(pathname) {
    for (const { pattern, load } of this.#routes) {
      const found = pattern.exec(pathname);
      if (found) return { parameters: { ...found.groups }, load };
    }
    return null;
  }

  async #show() {
    this.#visit.abort();
    this.#visit = new AbortController();
    this.#hasUnsavedWork = () => false;
    this.#here = location.href;
    const { signal } = this.#visit;
    const timer = setTimeout(() => replace(this.#outlet, skeleton()), skeletonDelayMilliseconds);
    try {
      const page = await this.#render(signal);
      if (signal.aborted) return;
      clearTimeout(timer);
      document.title = page.title ? `${page.title} · Postil` : "Postil";
      replace(this.#outlet, page.element);
      window.dispatchEvent(new CustomEvent("postil-page"));
      this.#focusHeading();
    } catch (error) {
      clearTimeout(timer);
      if (signal.aborted) return;
      document.title = "Postil";
      replace(
        this.#outlet,
        errorState(error, () => void this.#show(), "h1"),
      );
    }
  }

  /** @param {AbortSignal} signal */
  async #render(signal) {
    const match = this.#match(location.pathname);
    if (!match) throw new ApiError(404, { detail: t("There is no such page.") });
    const { render } = await match.load();
    return render({
      parameters: match.parameters,
      query: new URLSearchParams(location.search),
      signal,
      user: this.#user(),
      navigate: (path, options) => void this.navigate(path, options),
      setQuery: (query, options) => this.#setQuery(query, options),
      guard: (hasUnsavedWork) => {
        this.#hasUnsavedWork = hasUnsavedWork;
      },
      reload: () => void this.#show(),
    });
  }

  /**
   * @param {Record<string, string>} query
   * @param {{ replace?: boolean }} options
   */
  #setQuery(query, { replace: inPlace = false } = {}) {
    const text = new URLSearchParams(query).toString();
    const address = text ? `?${text}` : location.pathname;
    if (inPlace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.#here = location.href;
  }

  #focusHeading() {
    if (this.#outlet.contains(document.activeElement)) return;
    const heading = this.#outlet.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
}

/** @param {string} path */
function patternOf(path) {
  return new RegExp(`^${path.replace(/\{(\w+)\}/g, "(?<$1>\\d+)")}/?$`);
}
