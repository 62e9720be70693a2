/**
 * A tag that tries to get out of its frame, and tells in a region's summary what it got. The tests write
 * another name for TAG_NAME.
 */

/** @param {string} name @param {() => unknown} attempt @returns {Promise<string>} */
const attempted = async (name, attempt) => {
  try {
    const got = await attempt();
    return got === undefined || got === null || got === "" ? `${name}: nothing` : `${name}: GOT IT`;
  } catch (error) {
    return `${name}: ${/** @type {Error} */ (error).name}`;
  }
};

const report = await Promise.all([
  attempted("cookies", () => document.cookie),
  attempted("parent", () => parent.document.body),
  attempted("top", () => top?.location.href),
  attempted("storage", () => localStorage),
  attempted("database", () => indexedDB.open("stolen").result),
  attempted("fetch", () => fetch("/api/current-user/whoami")),
  attempted("socket", async () => {
    const socket = new WebSocket(`ws://${location.host}/`);
    return new Promise((resolve, reject) => {
      socket.onopen = () => resolve(true);
      socket.onerror = () => reject(new TypeError("closed"));
    });
  }),
  attempted("import", () => import("/static/0000000000000000/js/app.js")),
  attempted("eval", () => new Function("return 1")()),
  attempted("peers", () => /** @type {any} */ (globalThis).RTCPeerConnection),
  attempted("realm", () => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    return /** @type {any} */ (frame.contentWindow).RTCPeerConnection;
  }),
  attempted("image", () => {
    const image = new Image();
    image.src = "/api/version?stolen=1";
    return image.decode().then(() => true);
  }),
  attempted("window", () => open("/projects")),
  attempted("form", async () => {
    const form = document.createElement("form");
    form.action = "/api/version";
    document.body.append(form);
    form.submit();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return null;
  }),
]);

export default {
  apiVersion: 1,
  tag: "TAG_NAME",
  kind: "control",
  targets: ["Image"],
  labels: true,
  region: {
    type: "tag_type",
    bounds: () => [10, 10, 20, 20],
    summary: () => report.join("; "),
    serialize: (/** @type {any} */ value) => ({ value: { tag_type_data: value } }),
    parse: (/** @type {any} */ { value }) => value?.tag_type_data ?? null,
  },
  draw(
    /** @type {any} */ rec,
    /** @type {any} */ _value,
    /** @type {any} */ _state,
    /** @type {any} */ { attrs },
  ) {
    if (attrs.fails === "forged") rec.commands.push(["constructor", []]);
    rec.polygon([
      [10, 10],
      [20, 10],
      [20, 20],
    ]);
  },
  setup(/** @type {any} */ ctx) {
    if (ctx.attrs.fails !== "flood") return;
    for (let i = 0; i < 5000; i += 1) ctx.notify(`Message ${i}`);
  },
};
