/** Draws points with WebGL 2, one cloud into parts of one canvas. */

/** @typedef {import("./cloud.js").Cloud} Cloud */
/** @typedef {"height" | "intensity" | "color" | "plain"} Coloring */

const vertexSource = `#version 300 es
in vec3 place;
in float intensity;
in vec3 color;
uniform mat4 view;
uniform float size;
uniform int coloring;
uniform vec2 heights;
out vec3 shade;
// Dark blue over green to yellow; even in brightness, so that it reads without its hues.
vec3 scale(float t) {
  vec3 low = vec3(0.28, 0.26, 0.62), middle = vec3(0.15, 0.66, 0.60), high = vec3(0.99, 0.91, 0.36);
  return t < 0.5 ? mix(low, middle, t * 2.0) : mix(middle, high, t * 2.0 - 1.0);
}
void main() {
  gl_Position = view * vec4(place, 1.0);
  gl_PointSize = size;
  float t = coloring == 0 ? (place.z - heights.x) / (heights.y - heights.x) : intensity;
  shade = coloring == 2 ? color : coloring == 3 ? vec3(0.78, 0.81, 0.86) : scale(clamp(t, 0.0, 1.0));
}`;

const fragmentSource = `#version 300 es
precision mediump float;
in vec3 shade;
out vec4 pixel;
void main() { pixel = vec4(shade, 1.0); }`;

/** @type {readonly Coloring[]} */
const colorings = ["height", "intensity", "color", "plain"];

export class PointRenderer {
  #gl;
  #program;
  #uniforms;
  #count = 0;
  #heights = [0, 1];
  /** @type {WebGLBuffer[]} */
  #buffers = [];

  /**
   * @param {HTMLCanvasElement} canvas
   * @throws {Error} With a sentence when the browser cannot draw in space.
   */
  constructor(canvas) {
    const gl = canvas.getContext("webgl2", { antialias: false, preserveDrawingBuffer: true });
    if (!gl)
      throw new Error(
        "This browser cannot draw points: it has no WebGL 2. Switch hardware acceleration on, or take another browser.",
      );
    this.#gl = gl;
    this.#program = linked(gl);
    const uniform = (/** @type {string} */ name) => gl.getUniformLocation(this.#program, name);
    this.#uniforms = {
      view: uniform("view"),
      size: uniform("size"),
      coloring: uniform("coloring"),
      heights: uniform("heights"),
    };
    gl.enable(gl.DEPTH_TEST);
    gl.enable(gl.SCISSOR_TEST);
    gl.clearColor(0.078, 0.09, 0.11, 1);
  }

  /** @param {Cloud} cloud */
  load({ positions, intensities, colors, count, heights }) {
    const gl = this.#gl;
    this.#free();
    this.#count = count;
    this.#heights = [heights[0], Math.max(heights[1], heights[0] + 0.1)];
    this.#attribute("place", positions, 3, gl.FLOAT);
    if (intensities) this.#attribute("intensity", intensities, 1, gl.FLOAT);
    if (colors) this.#attribute("color", colors, 3, gl.UNSIGNED_BYTE, true);
  }

  /**
   * @param {import("./views.js").View} view
   * @param {{ left: number, top: number, width: number, height: number }} box CSS pixels of the canvas.
   * @param {{ coloring: Coloring, size: number }} look @param {number} density
   */
  draw(view, box, { coloring, size }, density) {
    const gl = this.#gl;
    const [left, width, height] = [box.left, box.width, box.height].map((n) =>
      Math.round(n * density),
    );
    const bottom = gl.drawingBufferHeight - Math.round(box.top * density) - height;
    gl.viewport(left, bottom, width, height);
    gl.scissor(left, bottom, width, height);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.useProgram(this.#program);
    gl.uniformMatrix4fv(this.#uniforms.view, false, view.matrix());
    gl.uniform1f(this.#uniforms.size, size * density);
    gl.uniform1i(this.#uniforms.coloring, colorings.indexOf(coloring));
    gl.uniform2f(this.#uniforms.heights, this.#heights[0], this.#heights[1]);
    gl.drawArrays(gl.POINTS, 0, this.#count);
  }

  /** Waits until all is on the canvas. */
  finish() {
    this.#gl.finish();
  }

  close() {
    this.#free();
    this.#gl.deleteProgram(this.#program);
    this.#gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  #free() {
    for (const buffer of this.#buffers) this.#gl.deleteBuffer(buffer);
    this.#buffers = [];
  }

  /** @param {string} name @param {BufferSource} data @param {number} size @param {number} type */
  #attribute(name, data, size, type, isShare = false) {
    const gl = this.#gl;
    const place = gl.getAttribLocation(this.#program, name);
    const buffer = gl.createBuffer();
    if (place < 0 || !buffer) return;
    this.#buffers.push(buffer);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, type, isShare, 0, 0);
  }
}

/** @param {WebGL2RenderingContext} gl @returns {WebGLProgram} */
function linked(gl) {
  const program = gl.createProgram();
  if (!program) throw new Error("The graphics card refuses to draw.");
  for (const [type, source] of /** @type {const} */ ([
    [gl.VERTEX_SHADER, vertexSource],
    [gl.FRAGMENT_SHADER, fragmentSource],
  ])) {
    const shader = gl.createShader(type);
    if (!shader) throw new Error("The graphics card refuses to draw.");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS))
    throw new Error(`The graphics card refuses to draw: ${gl.getProgramInfoLog(program)}`);
  return program;
}
