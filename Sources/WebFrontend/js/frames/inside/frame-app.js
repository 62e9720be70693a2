/**
 * Entry of frame.html: waits for the page's port, loads the plugin's module and answers for it. Runs in
 * an origin of its own; the page checks whatever comes from here.
 */
import { Port } from "./port.js";
import { PanelHost } from "./panel-host.js";
import { TagHost } from "./tag-host.js";

// A way out that no policy of today closes. The plugin's code has not run yet and gets no other realm:
// frames inside this one have origins of their own.
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel"])
  Reflect.deleteProperty(globalThis, name);

addEventListener("message", (event) => void start(event), { once: true });

/** @param {MessageEvent} event */
async function start({ data, ports }) {
  const port = new Port(ports[0]);
  const { module, role, language, theme } = data.postil;
  document.documentElement.lang = language;
  document.documentElement.style.colorScheme = theme;
  try {
    const { default: definition } = await import(module);
    const host =
      role === "panel"
        ? new PanelHost(definition, port, data.postil)
        : new TagHost(definition, port, data.postil);
    port.serve((method, args) => host.run(method, args));
    port.send({ ready: host.description });
    if (role !== "tag") watchHeight(port);
  } catch (error) {
    port.send({ failed: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * The page gives the frame the height that its content needs.
 * @param {Port} port
 */
function watchHeight(port) {
  document.body.style.cssText = "margin: 0; overflow: hidden; font: 14px/1.5 system-ui, sans-serif";
  let last = -1;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height !== last) port.send({ height });
    last = height;
  };
  new ResizeObserver(tell).observe(document.body);
  tell();
}
