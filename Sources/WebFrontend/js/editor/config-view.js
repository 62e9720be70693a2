/**
 * Shows a labeling config: each tag mounts in the place the config gives it, inside one shadow root, so
 * that the config's own styles reach nothing else.
 */
import { ImageSurface } from "../canvas/image-surface.js";
import { TextSurface } from "../canvas/text-surface.js";
import { LabelPicker } from "../components/label-picker.js";
import { t } from "../i18n/t.js";
import { isVisible } from "../model/conditions.js";
import { flagAttribute, textAttribute } from "../model/config-tree.js";
import { withoutRemoteLoads } from "../model/local-css.js";
import { placeholderFor } from "../tags/placeholder.js";
import { chatStyles } from "./chat-styles.js";
import { configStyles } from "./config-styles.js";
import { RelationOverlay } from "./relation-overlay.js";
import { controlStyles } from "./control-styles.js";
import { documentStyles } from "./document-styles.js";
import { mediaStyles } from "./media-styles.js";
import { mountSurface } from "./mount-surface.js";
import { makeObjectHost } from "./object-host.js";
import { PluginSurface } from "./plugin-surface.js";
import { surfaceStyles } from "./surface-styles.js";
import { isOnlyTextOfRegions, tabThroughRegions } from "./region-tabbing.js";
import { makeSurfaceHost } from "./surface-host.js";
import { makeTagContext } from "./tag-context.js";

/** @typedef {import("../types/editor.js").ConfigNode} ConfigNode */
/** @typedef {import("./labeling-session.js").LabelingSession} LabelingSession */

export class ConfigView {
  /**
   * Places whose tag shows under a condition.
   * @type {{ node: ConfigNode, place: HTMLElement }[]}
   */
  #conditional = [];
  /** @type {Map<string, LabelPicker>} By control. */
  #pickers = new Map();
  #session;
  #reasonFor;

  /**
   * @param {ShadowRoot} root Emptied and filled.
   * @param {LabelingSession} session
   * @param {(tag: string) => string} reasonFor Why a tag cannot be shown.
   */
  constructor(root, session, reasonFor) {
    this.#session = session;
    this.#reasonFor = reasonFor;
    this.root = root;
    root.adoptedStyleSheets = [
      configStyles,
      surfaceStyles,
      controlStyles,
      chatStyles,
      documentStyles,
      mediaStyles,
    ];
    const frame = document.createElement("div");
    frame.className = "config";
    frame.setAttribute("part", "config");
    root.replaceChildren(frame);
    this.#render(session.config, frame);
    for (const control of session.controls.values()) this.#setUp(control);
    this.#watch();
    new RelationOverlay(frame, session);
  }

  /**
   * Brings a control to attention: scrolls to it and focuses what can be answered.
   * @param {string} name
   */
  focusControl(name) {
    const place = [...this.root.querySelectorAll("[data-control]")].find(
      (one) => /** @type {HTMLElement} */ (one).dataset.control === name,
    );
    place?.scrollIntoView({ block: "center" });
    /** @type {HTMLElement | null | undefined} */ (
      place?.querySelector("input, select, textarea, button, [tabindex]")
    )?.focus();
  }

  /** @param {ConfigNode} node @param {HTMLElement} parent */
  #render(node, parent) {
    const place = document.createElement("div");
    place.className = "tag";
    place.dataset.tag = node.tag;
    place.dataset.name = textAttribute(node, "name");
    parent.append(place);
    if (textAttribute(node, "visibleWhen") !== "") this.#conditional.push({ node, place });
    const entry = this.#session.registry.get(node.tag);
    if (!entry) {
      place.append(placeholderFor(node.tag, this.#reasonFor(node.tag)));
      return;
    }
    const { definition, guard } = entry;
    const control = this.#session.controls.get(textAttribute(node, "name"));
    const context = makeTagContext(
      this.#session,
      node,
      this.#interface(node),
      control ? { control } : {},
    );
    const teardown = guard.call("mount", () => definition.mount?.(place, context), undefined);
    if (typeof teardown === "function") {
      this.#session.signal.addEventListener(
        "abort",
        () => guard.call("teardown", teardown, undefined),
        { once: true },
      );
    }
    this.#session.registry.addEventListener(
      "unloaded",
      () => {
        // What only arranges keeps what stands in it.
        if (guard.isUnloaded && definition.kind !== "visual")
          place.replaceChildren(placeholderFor(node.tag, unloadedSentence));
      },
      { signal: this.#session.signal },
    );
    if (control && definition.labels) {
      this.#pickers.set(control.name, new LabelPicker(place, this.#session, control));
    }
    if (control && isOnlyTextOfRegions(this.#session, control))
      tabThroughRegions(place, this.#session, control);
    if (guard.isUnloaded) place.replaceChildren(placeholderFor(node.tag, unloadedSentence));
    else if (guard.isDisabled("mount"))
      place.append(placeholderFor(node.tag, t("This tag failed. Its results are kept.")));
  }

  /** @param {import("../tags/control.js").Control} control */
  #setUp(control) {
    const { setup } = control.definition;
    if (!setup) return;
    const context = makeTagContext(this.#session, control.node, this.#interface(control.node), {
      control,
    });
    const teardown = control.guard.call("setup", () => setup(context), undefined);
    if (typeof teardown === "function") {
      this.#session.signal.addEventListener(
        "abort",
        () => control.guard.call("teardown", teardown, undefined),
        { once: true },
      );
    }
  }

  /** @param {ConfigNode} node @returns {import("postil-tag").UserInterface} */
  #interface(node) {
    const session = this.#session;
    const name = textAttribute(node, "name");
    return {
      renderChildren: (parent) => {
        for (const child of node.children) this.#render(child, parent);
      },
      filterLabels: (control, text, { isExact = false } = {}) =>
        this.#pickers.get(control)?.show(text, isExact),
      addStyles: (css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(withoutRemoteLoads(css));
        this.root.adoptedStyleSheets = [...this.root.adoptedStyleSheets, sheet];
      },
      imageSurface: (element, { title, ...images }) => {
        const { pictures } = "pictures" in images ? images : { pictures: undefined };
        const urls = pictures
          ? Array.from({ length: pictures.count }, (_, i) => `#${i}`)
          : "urls" in images
            ? images.urls
            : [/** @type {{ url: string }} */ (images).url];
        const host = makeSurfaceHost(session, name, this.#interface(node));
        const box = document.createElement("div");
        element.append(box);
        const hasCrosshair = flagAttribute(node, "crosshair");
        const surface = new ImageSurface(box, host, { urls, title, hasCrosshair, pictures });
        session.surfaces.set(name, surface);
        return {
          get page() {
            return surface.page;
          },
          go: (page) => surface.showPage(page),
          repaint: () => surface.pictureChanged(),
        };
      },
      textSurface: (element, { text, title }) => {
        const host = makeSurfaceHost(session, name, this.#interface(node));
        const box = document.createElement("div");
        element.append(box);
        const granularity = /** @type {import("../model/granularity.js").Granularity} */ (
          textAttribute(node, "granularity") || "symbol"
        );
        session.surfaces.set(name, new TextSurface(box, host, { text, title, granularity }));
      },
      surface: (element, make) => {
        const host = makeSurfaceHost(session, name, this.#interface(node));
        mountSurface(session, name, element, (box) => make(box, host));
      },
      objectSurface: (element, make) => this.#mountObject(node, element, make),
    };
  }

  /**
   * @param {ConfigNode} node @param {HTMLElement} element
   * @param {Parameters<import("postil-tag").UserInterface["objectSurface"]>[1]} make
   */
  #mountObject(node, element, make) {
    const session = this.#session;
    const name = textAttribute(node, "name");
    const guard = session.registry.get(node.tag)?.guard;
    if (!guard) return;
    const ui = this.#interface(node);
    mountSurface(session, name, element, async (box) => {
      const closing = new AbortController();
      const host = makeObjectHost(session, makeSurfaceHost(session, name, ui), ui, closing.signal);
      return new PluginSurface(box, await make(box, host), guard, closing);
    });
  }

  #watch() {
    if (this.#conditional.length === 0) return;
    const { store, selection, signal } = this.#session;
    store.addEventListener("change", () => this.#applyConditions(), { signal });
    selection.addEventListener("change", () => this.#applyConditions(), { signal });
    this.#applyConditions();
  }

  #applyConditions() {
    const { store, selection, choices } = this.#session;
    const selected = selection.ids.flatMap((id) => store.get(id) ?? []);
    const situation = { selected, choices };
    for (const { node, place } of this.#conditional) place.hidden = !isVisible(node, situation);
  }
}

const unloadedSentence = t(
  "Its plugin is switched off until the page is loaded again. Its results are kept.",
);
