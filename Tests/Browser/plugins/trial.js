/**
 * A cross on an image, for the tests of plugin tags: it does what a tag may do, and misbehaves in the
 * hooks that its attributes name: `fails` throws, `slow` takes its time, `loops` never returns. The tests
 * write another name for TAG_NAME.
 */
let draws = 0;

/** @param {any} env @param {string} hook */
function misbehave({ attrs }, hook) {
  const has = (/** @type {unknown} */ list) =>
    String(list ?? "")
      .split(";")
      .includes(hook);
  if (has(attrs.loops)) for (;;);
  const started = performance.now();
  while (has(attrs.slow) && performance.now() - started < 12);
  if (has(attrs.fails)) throw new Error(`${hook} fails on purpose`);
}

/** @param {any} value */
const isCross = (value) => Number.isFinite(value?.x) && Number.isFinite(value?.y);

/** What a tool was told: steps, moves that came in one frame, the last event. */
class CrossTool {
  isDrafting = false;
  /** @type {any[]} */
  #events = [];
  /** @type {any} */
  #ctx;

  /** @param {any} ctx */
  constructor(ctx) {
    this.#ctx = ctx;
  }

  /** @param {any} event */
  down(event) {
    misbehave(this.#ctx, "tool draw");
    this.isDrafting = true;
    this.#events = [{ step: "down", ...event }];
  }

  /** @param {any} event */
  move(event) {
    if (this.isDrafting) this.#events.push({ step: "move", ...event });
  }

  /** @param {any} event */
  up(event) {
    if (!this.isDrafting) return;
    this.isDrafting = false;
    void this.#create(event);
  }

  /** @param {any} key */
  key({ command }) {
    return command === "delete";
  }

  cancel() {
    this.isDrafting = false;
    this.#events = [];
  }

  /** @param {any} layer */
  draft(layer) {
    const [x, y] = this.#events[this.#events.length - 1]?.point ?? [0, 0];
    layer.dot([x, y], 6);
  }

  /** @param {any} event */
  async #create({ point: [x, y], shift, alt }) {
    const ctx = this.#ctx;
    const moves = this.#events.filter(({ step }) => step === "move");
    const [{ pressure, pointerType }] = this.#events;
    const told = { moves: moves.length, pressure, pointerType, alt, screen: ctx.screen };
    if (alt) {
      await ctx.storage.set("last", { x });
      const kept = await ctx.storage.get("last");
      Object.assign(told, { kept: kept.x === x, image: await ctx.value("$image") });
    }
    try {
      const id = await ctx.tx("Put a cross", (/** @type {any} */ tx) => {
        const made = tx.create({ x, y, told });
        if (shift) throw new Error("taken back");
        // Nested calls join the outer one.
        void ctx.tx("Say where", (/** @type {any} */ inner) =>
          inner.update(made, { x, y, told, isNested: true }),
        );
        return made;
      });
      await ctx.select([id]);
    } catch (error) {
      ctx.notify(`Nothing was stored: ${/** @type {Error} */ (error).message}`);
    }
  }
}

export default {
  apiVersion: 1,
  tag: "TAG_NAME",
  kind: "control",
  targets: ["Image"],
  labels: true,
  region: {
    type: "tag_type",
    bounds: (/** @type {any} */ { x, y }, /** @type {any} */ env) => {
      misbehave(env, "region.bounds");
      return [x - 2, y - 2, x + 2, y + 2];
    },
    hitTest: (
      /** @type {any} */ { x, y },
      /** @type {any} */ point,
      /** @type {any} */ tolerance,
      /** @type {any} */ env,
    ) => {
      misbehave(env, "region.hitTest");
      return env.geometry.near([x, y], point, [tolerance[0] + 2, tolerance[1] + 2]);
    },
    translate: (/** @type {any} */ value, /** @type {any} */ [dx, dy], /** @type {any} */ env) => {
      misbehave(env, "region.translate");
      return { ...value, x: value.x + dx, y: value.y + dy };
    },
    validate: (/** @type {any} */ _value, /** @type {any} */ env) => {
      misbehave(env, "region.validate");
      return [];
    },
    outline: (/** @type {any} */ { x, y }, /** @type {any} */ env) => {
      misbehave(env, "region.outline");
      return [[[x, y]]];
    },
    summary: (
      /** @type {any} */ { x, y },
      /** @type {any} */ t,
      /** @type {any} */ format,
      /** @type {any} */ env,
    ) => {
      misbehave(env, "region.summary");
      return `${t("cross")} ${format.number(x, 0)}/${format.number(y, 0)} drawn ${draws}`;
    },
    serialize: (/** @type {any} */ value, /** @type {any} */ env) => {
      misbehave(env, "region.serialize");
      return { value: { tag_type_data: value, x: value.x } };
    },
    parse: (/** @type {any} */ { value }, /** @type {any} */ env) => {
      misbehave(env, "region.parse");
      const own = value?.tag_type_data ?? value?.tag_type;
      return isCross(own) ? own : null;
    },
  },
  draw(
    /** @type {any} */ rec,
    /** @type {any} */ { x, y },
    /** @type {any} */ state,
    /** @type {any} */ env,
  ) {
    misbehave(env, "draw");
    draws += 1;
    rec.polyline(
      [
        [x - 2, y - 2],
        [x + 2, y + 2],
      ],
      { strokeWidth: 4, stroke: state.color },
    );
    rec.polyline(
      [
        [x - 2, y + 2],
        [x + 2, y - 2],
      ],
      { strokeWidth: 4 },
    );
    rec.dot([x, y], state.isSelected ? 8 : 6);
  },
  editor: {
    handles: (/** @type {any} */ { x, y }, /** @type {any} */ env) => {
      misbehave(env, "editor.handles");
      return [{ id: "middle", kind: "vertex", point: [x, y] }];
    },
    drag: (
      /** @type {any} */ value,
      /** @type {any} */ _handle,
      /** @type {any} */ [x, y],
      /** @type {any} */ _keys,
      /** @type {any} */ env,
    ) => {
      misbehave(env, "editor.drag");
      return { ...value, x, y };
    },
  },
  tools: [
    {
      id: "draw",
      title: "Cross",
      key: "J",
      icon: "M4 4l16 16M20 4L4 20",
      create: (/** @type {any} */ ctx) => {
        misbehave(ctx, "tools.create");
        return new CrossTool(ctx);
      },
    },
  ],
  setup(/** @type {any} */ ctx) {
    misbehave(ctx, "setup");
  },
  i18n: { en: { cross: "Cross" }, de: { cross: "Kreuz" } },
};
