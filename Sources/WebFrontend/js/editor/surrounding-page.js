/** The editor as a part of a list's page; see `pages/data/split-pane.js`. */

/** Links lead the whole page on: only the editor may be shown inside another page. */
export function leaveByLinks() {
  if (window.parent === window) return;
  document.addEventListener(
    "click",
    (event) => {
      const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
      if (link instanceof HTMLAnchorElement && !link.target && !link.hasAttribute("download"))
        link.target = "_top";
    },
    { capture: true },
  );
}

/** Says that something was stored. */
export function tellSurroundingPage() {
  if (window.parent !== window) window.parent.dispatchEvent(new CustomEvent("postil-answered"));
}
