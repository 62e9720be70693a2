"""Measures the editor's budgets in a page; used by the benchmark and, in short, by the tests."""

from __future__ import annotations

import math
import random

CONFIG = """<View><Image name="image" value="$image"/>
<PolygonLabels name="outline" toName="image"><Label value="Roof"/></PolygonLabels>
<RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels>
<BrushLabels name="brush" toName="image"><Label value="Lake"/></BrushLabels></View>"""
WIDTH, HEIGHT = 4000, 3000


def polygons(count, vertices=20, seed=1):
    """Polygons of about twenty pixels on a screen, all over the image."""
    chance = random.Random(seed)
    results = []
    for i in range(count):
        x, y = chance.uniform(2, 98), chance.uniform(2, 98)
        radius = chance.uniform(0.4, 1.4)
        points = [[round(x + radius * math.cos(t) * chance.uniform(0.7, 1), 3),
                   round(y + radius * math.sin(t) * chance.uniform(0.7, 1), 3)]
                  for t in (2 * math.pi * k / vertices for k in range(vertices))]
        results.append({"id": f"p{i}", "from_name": "outline", "to_name": "image",
                        "type": "polygonlabels", "original_width": WIDTH, "original_height": HEIGHT,
                        "image_rotation": 0, "origin": "manual",
                        "value": {"points": points, "closed": True, "polygonlabels": ["Roof"]}})
    return results


def boxes(count, seed=2):
    chance = random.Random(seed)
    return [{"id": f"b{i}", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
             "original_width": WIDTH, "original_height": HEIGHT, "image_rotation": 0,
             "origin": "manual",
             "value": {"x": chance.uniform(0, 97), "y": chance.uniform(0, 97), "width": 1.5,
                       "height": 1.5, "rotation": 0, "rectanglelabels": ["Car"]}}
            for i in range(count)]


# Installed before the page's own scripts: long tasks of the whole life of the page.
WATCH = """
window.__tasks = [];
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) window.__tasks.push([startTime, duration]);
}).observe({ type: "longtask", buffered: true });
"""

FRAMES = """
async ([frames, isZoom, scale]) => {
  const find = (root) => root.querySelector(".surface") ??
    [...root.querySelectorAll("*")].map((el) => el.shadowRoot && find(el.shadowRoot)).find(Boolean);
  const surface = find(document);
  const { left, top, width, height } = surface.getBoundingClientRect();
  const wheel = (options) => surface.dispatchEvent(new WheelEvent("wheel", {
    bubbles: true, cancelable: true, clientX: left + width / 2, clientY: top + height / 2, ...options }));
  if (scale > 1) wheel({ deltaY: -Math.log(scale) / 0.0015 });
  await new Promise((done) => setTimeout(done, 400));
  const times = [];
  let last = await new Promise(requestAnimationFrame);
  for (let i = 0; i < frames; i += 1) {
    const step = Math.sin((i / frames) * 4 * Math.PI);
    if (isZoom) wheel({ deltaY: step * 40 });
    else wheel({ deltaX: step * 12, deltaY: Math.cos(i / 7) * 4, shiftKey: false });
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  const rested = performance.now();
  await new Promise((done) => setTimeout(done, 250));
  times.sort((a, b) => a - b);
  return { p95: times[Math.floor(times.length * 0.95)], median: times[times.length >> 1], rested };
}
"""

WRITES = """
() => {
  window.__writes = 0;
  const count = (records) => { window.__writes += records.length; };
  const roots = [document];
  while (roots.length > 0) {
    const root = roots.pop();
    new MutationObserver(count).observe(root, {
      subtree: true, childList: true, attributes: true, characterData: true });
    for (const el of root.querySelectorAll("*")) if (el.shadowRoot) roots.push(el.shadowRoot);
  }
  document.addEventListener("pointerup", () => {
    const started = performance.now();
    window.__writes = 0;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { window.__painted = performance.now() - started; };
      channel.port2.postMessage(0);
    });
  }, { capture: true });
}
"""

INDEX = """
async ([count, queries]) => {
  const entry = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/spatial-index.js"));
  const { SpatialIndex } = await import(entry.name);
  let seed = 1;
  const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const all = Array.from({ length: count }, (_, i) => {
    const [x, y] = [next() * 98, next() * 98];
    return [`b${i}`, [x, y, x + next() * 2, y + next() * 2]];
  });
  const index = new SpatialIndex();
  const started = performance.now();
  for (const [id, bounds] of all) index.set(id, bounds);
  const built = performance.now();
  let found = 0;
  for (let i = 0; i < queries; i += 1) {
    const [x, y] = [next() * 100, next() * 100];
    found += index.search([x, y, x, y]).length;
  }
  const ended = performance.now();
  return { build: built - started, query: (ended - built) / queries, found };
}
"""

DECODE = """
async ([side]) => {
  const base = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/spatial-index.js")).name;
  const { TileMask } = await import(base.replace("spatial-index", "tile-mask"));
  const code = `
    import { decodedTiles } from "${base.replace("spatial-index", "tile-mask")}";
    self.onmessage = ({ data }) => {
      const times = [];
      for (let i = 0; i < 5; i += 1) {
        const started = performance.now();
        decodedTiles(data, ${side}, ${side});
        times.push(performance.now() - started);
      }
      self.postMessage(times.sort((a, b) => a - b)[2]);
    };`;
  const edit = new TileMask(side, side).edit();
  let seed = 5;
  const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let i = 0; i < 60; i += 1)
    edit.stroke([[next() * side, next() * side], [next() * side, next() * side]], side / 100, 255);
  const bytes = edit.done().encode();
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
  const time = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    worker.postMessage(bytes);
  });
  worker.terminate();
  return { decode: time, bytes: bytes.length };
}
"""


# Painted regions all over an image, as results.
MASKS = """
async ([count, width, height]) => {
  const base = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/spatial-index.js")).name;
  const { TileMask } = await import(base.replace("spatial-index", "tile-mask"));
  let seed = 3;
  const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = [next() * (width - 200) + 50, next() * (height - 200) + 50];
    const edit = new TileMask(width, height).edit();
    edit.stroke([[x, y], [x + next() * 100, y + next() * 100]], 12, 255);
    return { id: `m${i}`, from_name: "brush", to_name: "image", type: "brushlabels", origin: "manual",
      original_width: width, original_height: height, image_rotation: 0,
      value: { format: "rle", rle: Array.from(edit.done().encode()), brushlabels: ["Lake"] } };
  });
}
"""

# Milliseconds since a task's data came.
SINCE_DATA = """(task) => {
  const named = ({ name }) => name.includes(`/api/tasks/${task}/`);
  return performance.now() - performance.getEntriesByType("resource").find(named).responseEnd;
}"""

SCROLL_STAGE = """async () => {
  const stage = document.getElementById("stage");
  const times = [];
  let last = await new Promise(requestAnimationFrame);
  for (let i = 0; i < 120; i += 1) {
    stage.scrollTop += 400;
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)];
}"""

# The lowest and highest of every stretch of several channels, as the editor's worker makes them.
LEVELS = """
async ([samples, channels]) => {
  const base = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/time-axis.js")).name;
  const code = `
    import { makeLevels } from "${base.replace("time-axis", "peaks")}";
    const all = Array.from({ length: ${channels} }, (_, k) =>
      Float32Array.from({ length: ${samples} }, (_, i) => Math.sin(i / (k + 50))));
    const started = performance.now();
    for (const one of all) makeLevels(one);
    self.postMessage(performance.now() - started);`;
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  const time = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
  });
  worker.terminate();
  return time;
}
"""

# What a turn of the wheel costs: taking it, and drawing in the next frame.
ZOOM_SERIES = """async () => {
  const find = (root) => root.querySelector(".series .strip") ??
    [...root.querySelectorAll("*")].map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
  const strip = find(document);
  const times = [];
  for (let i = 0; i < 60; i += 1) {
    let begun = 0;
    requestAnimationFrame(() => { begun = performance.now(); });
    const started = performance.now();
    strip.dispatchEvent(new WheelEvent("wheel", { deltaY: i < 40 ? -60 : 60, ctrlKey: true,
      clientX: 500, bubbles: true, cancelable: true }));
    const taken = performance.now() - started;
    // Frames are drawn in the order in which they were asked for: the plot's lies between these two.
    const drawn = await new Promise((done) =>
      requestAnimationFrame(() => done(performance.now() - begun)));
    times.push(taken + drawn);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)];
}"""

# Scrolls the list of tasks by steps and by leaps.
SCROLL = """async () => {
  const frame = document.querySelector(".task-list");
  const times = [];
  let most = 0;
  let last = await new Promise(requestAnimationFrame);
  for (let i = 1; i <= 90; i += 1) {
    frame.scrollTop = i % 30 === 0 ? (frame.scrollHeight * i) / 90 : frame.scrollTop + 400;
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
    most = Math.max(most, frame.querySelectorAll("tbody tr").length);
  }
  times.sort((a, b) => a - b);
  return { p95: times[Math.floor(times.length * 0.95)], median: times[times.length >> 1], most,
           height: frame.scrollHeight };
}"""


def open_large(editor, project, task):
    """Opens a task; gives milliseconds until it is interactive and the longest task since its data came."""
    editor.page.goto(f"/projects/{project}/tasks/{task}")
    editor.page.wait_for_function("() => window.__editor?.isComplete()", timeout=60_000)
    return editor.page.evaluate("""(task) => {
      const now = performance.now();
      const data = performance.getEntriesByType("resource").find(({ name }) => name.includes(`/api/tasks/${task}/`));
      const since = data ? data.responseEnd : 0;
      const tasks = (window.__tasks ?? []).filter(([start]) => start >= since - 60).map(([, duration]) => duration);
      return { interactive: now - since, longest: Math.max(0, ...tasks) };
    }""", task)


def draw_beside(editor):
    """Draws one more rectangle; gives milliseconds from the release to the paint, and DOM writes."""
    editor.page.evaluate("() => { window.__painted = 0; }")
    x = random.uniform(5, 90)
    editor.drag((x, 40), (x + 4, 46), steps=3)
    editor.page.wait_for_function("() => window.__painted > 0")
    return editor.page.evaluate("() => ({ paint: window.__painted, writes: window.__writes })")


def heap(page):
    """Heap, nodes and listeners after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return {"heap": metrics["JSHeapUsedSize"], "nodes": metrics["Nodes"],
            "listeners": metrics["JSEventListeners"]}
