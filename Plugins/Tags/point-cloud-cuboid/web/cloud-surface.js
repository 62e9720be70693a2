/**
 * A point cloud on the page: four views of it, its cuboids, and the camera images beside it.
 *
 * The host tells which regions there are and takes changes; views, and what is drawn or pulled right now,
 * are the surface's own.
 */
import { readCameras } from "./camera-images.js";
import { CameraStrip } from "./camera-strip.js";
import { countInside, fitted, groundAt, onGround } from "./cloud-queries.js";
import { axesOf, moved, readCuboid, resized, scaled, turned } from "./cuboid.js";
import { placeAt } from "./drawing.js";
import { Gestures } from "./gestures.js";
import { handlesOf, turnAxis } from "./handles.js";
import { Pane } from "./pane.js";
import { PointRenderer } from "./point-renderer.js";
import { add, dot, length, times } from "./vectors.js";
import { viewKinds, viewOf } from "./views.js";
import { CloudBar } from "./cloud-bar.js";

/** @typedef {import("postil-tag").TagContext} Context */
/** @typedef {import("postil-tag").ObjectHost} ObjectHost */
/** @typedef {import("./cloud.js").Cloud} Cloud */
/** @typedef {import("./cuboid.js").Cuboid} Cuboid */
/** @typedef {import("./pane.js").Shown} Shown */
/** @typedef {import("./views.js").View} View */
/** @typedef {import("./vectors.js").Vector} Vector */

/** Meters and radians of one press of a key; with Shift ten times as much. */
const keySteps = { move: 0.05, turn: Math.PI / 36, scale: 1.05, look: 40 };

export class CloudSurface {
  #closing = new AbortController();
  #frame = 0;
  /**
   * Panes whose points must be drawn again.
   * @type {Set<Pane>}
   */
  #stale = new Set();
  /**
   * What is pulled right now, in the cloud's coordinates.
   * @type {{ id: string, cuboid: Cuboid } | null}
   */
  #live = null;
  #focusedOn = "";
  /** @type {Shown[]} In the cloud's coordinates. */
  #shown = [];
  #canvas = document.createElement("canvas");
  #stage = document.createElement("div");
  /** @type {PointRenderer} */
  #renderer;
  /** @type {readonly Pane[]} */
  #panes;
  #main;
  #element;
  #host;
  #context;
  #cloud;
  #bar;
  #gestures;
  #cameras;
  #started;

  /**
   * @param {HTMLElement} element @param {ObjectHost} host @param {Context} context @param {Cloud} cloud
   * @param {{ usualSize: Vector, cameras: unknown, started: number }} options `started`: when loading
   *   began; how long it took until points were seen is told by the element, in milliseconds.
   */
  constructor(element, host, context, cloud, { usualSize, cameras, started }) {
    this.#started = started;
    this.#element = element;
    this.#host = host;
    this.#context = context;
    this.#cloud = cloud;
    const { t } = context;
    const { signal } = this.#closing;
    this.#renderer = new PointRenderer(this.#canvas);
    this.#renderer.load(cloud);
    this.#panes = viewKinds.map((kind) => {
      const title = t(kind);
      const view = viewOf(kind, cloud.low, cloud.high, 300, 300);
      const pane = new Pane(view, title, t("enlarge", { view: title }));
      pane.nameButton.addEventListener("click", () => this.#enlarge(pane), { signal });
      return pane;
    });
    this.#main = this.#panes[0];
    this.#bar = new CloudBar(
      context,
      cloud,
      {
        enlarge: (kind) => this.#enlarge(this.#pane(kind)),
        look: () => this.#repaintAll(),
        ground: () => this.#act("ground"),
        fit: () => this.#act("fit"),
        whole: () => this.#showAll(),
      },
      signal,
    );
    this.#canvas.className = "cloud__points";
    this.#canvas.setAttribute("aria-hidden", "true");
    this.#stage.className = "cloud__stage";
    this.#stage.append(this.#canvas, ...this.#panes.map((pane) => pane.element));
    this.#cameras = new CameraStrip(
      readCameras(cameras),
      { enlarge: t("largerImage"), failed: t("noImage") },
      () => this.#repaintAll(),
      signal,
    );
    element.className = "cloud";
    element.tabIndex = 0;
    element.setAttribute("role", "application");
    element.setAttribute("aria-label", t("pointCloud"));
    element.setAttribute("aria-roledescription", t("roleDescription"));
    element.append(this.#bar.element, this.#stage, this.#cameras.element);
    this.#gestures = new Gestures(this.#panes, this.#scene(usualSize), signal);
    this.usualSize = usualSize;
    element.addEventListener("pointerdown", (event) => this.#takeFocus(event), { signal });
    this.#canvas.addEventListener("webglcontextlost", (event) => event.preventDefault(), {
      signal,
    });
    this.#canvas.addEventListener("webglcontextrestored", () => this.#restore(), { signal });
    const observer = new ResizeObserver(() => this.#measure());
    observer.observe(this.#stage);
    signal.addEventListener("abort", () => observer.disconnect());
    host.subscribe(() => this.#refresh());
    this.#enlarge(this.#main);
    this.#measure();
    this.#showAll();
    this.#refresh();
  }

  // What the editor asks of a surface.

  get isDrafting() {
    return this.#gestures.isDrafting;
  }

  /** @param {string} id */
  reveal(id) {
    this.#focus(id, true);
  }

  /** @param {string} id @returns {DOMRect | null} */
  placeOf(id) {
    const shown = this.#shown.find((one) => one.id === id);
    const at = shown && this.#main.view.toScreen(shown.cuboid.center);
    if (!at) return null;
    const { left, top, right, bottom } = this.#main.element.getBoundingClientRect();
    const [x, y] = [left + at[0], top + at[1]];
    return x < left || x > right || y < top || y > bottom ? null : new DOMRect(x - 4, y - 4, 8, 8);
  }

  /** @param {string} command */
  draft(command) {
    return command === "cancel" && this.#gestures.cancel();
  }

  /** @param {string} name @returns {boolean} */
  command(name) {
    const nudge = /^nudge-(left|right|up|down)(-large)?$/.exec(name);
    if (nudge) return this.#nudge(nudge[1], nudge[2] ? 10 : 1);
    switch (name) {
      case "start":
        return this.#startByKey();
      case "next-handle":
      case "previous-handle":
        return this.#nextFace(name === "next-handle" ? 1 : -1);
      case "rotate-left":
      case "rotate-right": {
        const angle = (name === "rotate-left" ? 1 : -1) * keySteps.turn;
        return this.#edit("turn", (one) => turned(one, turnAxis(this.#main.view), angle));
      }
      case "smaller-tool":
        return this.#edit("size", (one) => scaled(one, 1 / keySteps.scale));
      case "larger-tool":
        return this.#edit("size", (one) => scaled(one, keySteps.scale));
      case "zoom-in":
      case "zoom-out":
        this.#look(this.#main, this.#main.view.zoomed(name === "zoom-in" ? 1.25 : 0.8));
        return true;
      case "zoom-to-fit":
        if (this.#selected) this.#focus(this.#selected.id, true);
        else this.#showAll();
        return true;
      default:
        return false;
    }
  }

  close() {
    this.#closing.abort();
    cancelAnimationFrame(this.#frame);
    this.#renderer.close();
    this.#element.replaceChildren();
  }

  // Regions.

  /** @param {Vector} usualSize @returns {import("./gestures.js").Scene} */
  #scene(usualSize) {
    const surface = this;
    const host = this.#host;
    return {
      get shown() {
        return surface.#shown;
      },
      get editable() {
        return surface.#selected?.isEditable ? surface.#selected : null;
      },
      cloud: this.#cloud,
      get mode() {
        return host.mode;
      },
      usualSize,
      look: (pane, view) => this.#look(pane, view),
      select: (id, isAdded) => {
        const { selected } = host;
        if (id === null) host.select([]);
        else if (!isAdded) host.select([id]);
        else
          host.select(
            selected.includes(id) ? selected.filter((one) => one !== id) : [...selected, id],
          );
      },
      hover: (id) => host.hover(id),
      create: (cuboid) => this.#create(cuboid),
      live: (id, cuboid) => {
        this.#live = cuboid && { id, cuboid };
        this.#collect();
        this.#repaint();
      },
      change: (id, cuboid, title) => this.#change(id, cuboid, title),
      point: (pane, pixel) => this.#point(pane, pixel),
      focus: (_pane, id) => this.#focus(id, true),
      repaint: () => this.#repaint(),
    };
  }

  /** The one selected cuboid. */
  get #selected() {
    const selected = this.#shown.filter(({ isSelected }) => isSelected);
    return selected.length === 1 ? selected[0] : null;
  }

  #refresh() {
    this.#collect();
    const selected = this.#selected;
    if (selected && selected.id !== this.#focusedOn) this.#focus(selected.id, false);
    else if (selected) this.#align(selected.cuboid);
    this.#focusedOn = selected?.id ?? "";
    if (!selected) for (const pane of this.#panes) pane.focused = null;
    this.#bar.update({
      isEditable: Boolean(selected?.isEditable),
      inside: selected ? countInside(this.#cloud, selected.cuboid) : null,
    });
    this.#repaint();
  }

  #collect() {
    const { origin } = this.#cloud;
    const live = this.#live;
    this.#shown = this.#host.regions().flatMap((region) => {
      const cuboid = region.type === "pointcloudcuboid" ? readCuboid(region.value) : null;
      if (!cuboid) return [];
      const { id, color, isSelected, isHovered, isEditable, labels } = region;
      const own = live?.id === id ? live.cuboid : moved(cuboid, times(origin, -1));
      return [
        { id, cuboid: own, color, title: labels.join(", "), isSelected, isHovered, isEditable },
      ];
    });
  }

  /** @param {Cuboid} cuboid */
  #inFile(cuboid) {
    return moved(cuboid, this.#cloud.origin);
  }

  /** @param {Cuboid} cuboid */
  #create(cuboid) {
    this.#host.create(this.#inFile(cuboid), { isContinued: true });
  }

  /** @param {string} id @param {Cuboid} cuboid @param {"move" | "size" | "turn"} title @param {string} [gesture] */
  #change(id, cuboid, title, gesture) {
    this.#host.update(id, this.#inFile(cuboid), this.#context.t(title), { gesture });
  }

  /**
   * By key: quick presses are one step.
   * @param {"move" | "size" | "turn"} title @param {(cuboid: Cuboid) => Cuboid} change
   */
  #edit(title, change) {
    const selected = this.#selected;
    if (!selected?.isEditable) return false;
    this.#change(selected.id, change(selected.cuboid), title, title);
    return true;
  }

  /** @param {"ground" | "fit"} what */
  #act(what) {
    const selected = this.#selected;
    if (!selected?.isEditable) return;
    const made = (what === "ground" ? onGround : fitted)(this.#cloud, selected.cuboid);
    const { t, notify } = this.#context;
    if (!made) notify(t(what === "ground" ? "noGround" : "noPoints"), { level: "warning" });
    else this.#host.update(selected.id, this.#inFile(made), t(what));
  }

  // Keys.

  /** @param {string} direction @param {number} factor */
  #nudge(direction, factor) {
    const { view, focused } = this.#main;
    const forward = direction === "right" || direction === "up";
    const isAcross = direction === "left" || direction === "right";
    if (focused) {
      const by = (forward ? 1 : -1) * keySteps.move * factor;
      return this.#edit("size", (one) =>
        resized(
          one,
          focused.sides.map((side) => ({ ...side, by })),
        ),
      );
    }
    const selected = this.#selected;
    if (!selected?.isEditable) {
      const pixels = keySteps.look * (factor > 1 ? 4 : 1) * (forward ? 1 : -1);
      const [dx, dy] = isAcross ? [pixels, 0] : [0, -pixels];
      this.#look(this.#main, view.isFlat ? view.panned(-dx, -dy) : view.orbited(-dx, -dy));
      return true;
    }
    // From an angle, left and right go along the axis of the ground that is nearest to it.
    const along = isAcross ? view.right : view.isFlat ? view.up : this.#awayOnGround(view);
    const delta = times(along, (forward ? 1 : -1) * keySteps.move * factor);
    return this.#edit("move", (one) => moved(one, delta));
  }

  /** @param {View} view @returns {Vector} */
  #awayOnGround(view) {
    const [x, y] = view.normal;
    const flat = Math.hypot(x, y) || 1;
    return [-x / flat, -y / flat, 0];
  }

  #startByKey() {
    if (this.#host.mode !== "draw") return false;
    const { view } = this.#main;
    const place = placeAt(this.#cloud, view, view.width / 2, view.height / 2);
    if (!place) return false;
    const ground = groundAt(this.#cloud, place[0], place[1]) ?? place[2];
    const center = /** @type {Vector} */ ([place[0], place[1], ground + this.usualSize[2] / 2]);
    this.#create({ center, size: this.usualSize, rotation: [0, 0, 0] });
    return true;
  }

  /** @param {number} step */
  #nextFace(step) {
    const selected = this.#selected;
    if (!selected?.isEditable) return false;
    const faces = handlesOf(selected.cuboid, this.#main.view).filter(({ kind }) => kind === "face");
    const { focused } = this.#main;
    const at = faces.findIndex(
      ({ sides: [side] }) =>
        side.axis === focused?.sides[0].axis && side.sign === focused.sides[0].sign,
    );
    // After the last one there is none, so that arrows move the whole again.
    const count = faces.length + 1;
    const next = (((at + 1 + step) % count) + count) % count;
    this.#main.focused = next === 0 ? null : faces[next - 1];
    const side = this.#main.focused?.sides[0];
    const { t } = this.#context;
    this.#host.announce(
      side ? t(`face${side.axis}${side.sign > 0 ? "+" : "-"}`) : t("wholeCuboid"),
    );
    this.#repaint();
    return true;
  }

  // Views.

  /** @param {string} kind */
  #pane(kind) {
    return this.#panes.find(({ view }) => view.kind === kind) ?? this.#panes[0];
  }

  /** @param {Pane} pane */
  #enlarge(pane) {
    this.#main.focused = null;
    this.#main = pane;
    const others = this.#panes.filter((one) => one !== pane);
    pane.element.style.gridArea = "1 / 1 / 4 / 2";
    others.forEach((one, i) => (one.element.style.gridArea = `${i + 1} / 2 / ${i + 2} / 3`));
    for (const one of this.#panes) one.isMain = one === pane;
    this.#bar.show(pane.view.kind);
    this.#repaintAll();
  }

  /** @param {Pane} pane @param {View} view */
  #look(pane, view) {
    pane.view = view;
    this.#stale.add(pane);
    this.#repaint();
  }

  #showAll() {
    for (const pane of this.#panes) {
      const { kind, width, height } = pane.view;
      this.#look(pane, viewOf(kind, this.#cloud.low, this.#cloud.high, width, height));
    }
  }

  /**
   * The small views show a cuboid closely, the large one where someone asks for it.
   * @param {string} id @param {boolean} isEverywhere
   */
  #focus(id, isEverywhere) {
    const shown = this.#shown.find((one) => one.id === id);
    if (!shown) return;
    const { cuboid } = shown;
    for (const pane of this.#panes) {
      if (pane === this.#main && !isEverywhere) continue;
      const span = length(cuboid.size) * (pane.view.isFlat ? 0.8 : 1.6);
      this.#look(pane, pane.view.with({ center: cuboid.center, span }));
    }
    this.#align(cuboid);
  }

  /**
   * Side and front look straight onto the cuboid's faces.
   * @param {Cuboid} cuboid
   */
  #align(cuboid) {
    if (this.#live) return;
    const [front] = axesOf(cuboid);
    const azimuth = Math.atan2(front[1], front[0]);
    for (const pane of this.#panes) {
      const { kind } = pane.view;
      const isAside = kind === "side" || kind === "front";
      if (isAside && Math.abs(pane.view.azimuth - azimuth) > 1e-6)
        this.#look(pane, pane.view.with({ azimuth, center: cuboid.center }));
    }
  }

  /** @param {Pane} pane @param {readonly [number, number] | null} pixel */
  #point(pane, pixel) {
    const place = pixel && placeAt(this.#cloud, pane.view, ...pixel);
    if (!place) {
      pane.say("");
      return;
    }
    const { number } = this.#context.format;
    const at = add(place, this.#cloud.origin);
    // What lies along the line of sight is not known.
    const axes = pane.view.isFlat
      ? [0, 1, 2].filter((i) => Math.abs(dot(unitAxes[i], pane.view.normal)) < 0.999)
      : [0, 1, 2];
    pane.say(axes.map((i) => `${"xyz"[i]} ${number(at[i], 2)}`).join("  "));
  }

  /** @param {Event} event */
  #takeFocus(event) {
    if (/** @type {Element} */ (event.target).closest("button, input, select")) return;
    this.#element.focus({ preventScroll: true });
  }

  // Painting.

  #restore() {
    this.#renderer = new PointRenderer(this.#canvas);
    this.#renderer.load(this.#cloud);
    this.#repaintAll();
  }

  get #density() {
    return Math.min(2, devicePixelRatio || 1);
  }

  #measure() {
    const { clientWidth, clientHeight } = this.#stage;
    const [width, height] = [clientWidth, clientHeight].map((n) =>
      Math.max(1, Math.round(n * this.#density)),
    );
    if (this.#canvas.width !== width || this.#canvas.height !== height)
      Object.assign(this.#canvas, { width, height });
    for (const pane of this.#panes) pane.measure();
    this.#repaintAll();
  }

  #repaintAll() {
    for (const pane of this.#panes) this.#stale.add(pane);
    this.#repaint();
  }

  #repaint() {
    if (this.#frame === 0 && !this.#closing.signal.aborted)
      this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#frame = 0;
    if (this.#panes.filter((pane) => pane.measure()).length > 0)
      for (const pane of this.#panes) this.#stale.add(pane);
    for (const pane of this.#stale) {
      const {
        offsetLeft: left,
        offsetTop: top,
        clientWidth: width,
        clientHeight: height,
      } = pane.element;
      this.#renderer.draw(pane.view, { left, top, width, height }, this.#bar.look, this.#density);
    }
    this.#stale.clear();
    const cuboid = this.#gestures.draft;
    const draft = cuboid && { cuboid, color: this.#host.draftColor };
    for (const pane of this.#panes) pane.paint(this.#shown, draft, this.#density);
    this.#cameras.show(this.#shown.map((one) => ({ ...one, cuboid: this.#inFile(one.cuboid) })));
    if (this.#element.dataset.ready) return;
    this.#renderer.finish();
    this.#element.dataset.ready = String(Math.round(performance.now() - this.#started));
  }
}

/** @type {readonly Vector[]} */
const unitAxes = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
