/** Parts of the web platform that the type checker's library does not know yet. */

interface CanvasPath {
  roundRect(x: number, y: number, width: number, height: number, radii?: number | number[]): void;
}

declare class Highlight {
  constructor(...ranges: AbstractRange[]);
  add(range: AbstractRange): this;
  delete(range: AbstractRange): boolean;
  clear(): void;
  readonly size: number;
  priority: number;
}

declare namespace CSS {
  const highlights: Map<string, Highlight> | undefined;
}

interface Element {
  /** May point into an enclosing tree, which ids cannot. */
  ariaActiveDescendantElement?: Element | null;
}

interface VideoFrameMetadata {
  readonly mediaTime: number;
}

interface HTMLVideoElement {
  requestVideoFrameCallback(callback: (now: number, metadata: VideoFrameMetadata) => void): number;
  cancelVideoFrameCallback?(handle: number): void;
}

interface Selection {
  /** Not in the standard, in every browser. */
  modify(alter: string, direction: string, granularity: string): void;
}

declare class OffscreenCanvas extends EventTarget {
  constructor(width: number, height: number);
  width: number;
  height: number;
  getContext(
    kind: "2d",
    options?: { willReadFrequently?: boolean },
  ): OffscreenCanvasRenderingContext2D | null;
  transferToImageBitmap(): ImageBitmap;
}

/** As much of it as is used here. */
interface OffscreenCanvasRenderingContext2D extends Pick<
  CanvasRenderingContext2D,
  | "drawImage"
  | "getImageData"
  | "putImageData"
  | "clearRect"
  | "fillRect"
  | "fillStyle"
  | "globalCompositeOperation"
> {}

interface CanvasDrawImage {
  drawImage(image: OffscreenCanvas, ...place: number[]): void;
}

interface HTMLElement {
  showPopover(): void;
  hidePopover(): void;
}
