/** `<DicomViewer>`: slices of a scan with all their bits, on which tags for images mark. */
import { messages } from "./messages.js";
import { readScan } from "./scan.js";
import { styles } from "./styles.js";
import { Viewer } from "./viewer.js";

/** @type {import("postil-tag").TagDefinition} */
export default {
  apiVersion: 1,
  tag: "DicomViewer",
  kind: "object",
  actsAs: "Image",
  mount(element, context) {
    context.ui.addStyles(styles);
    const scan = readScan(context.value());
    const box = document.createElement("div");
    element.append(box);
    if (scan) {
      box.className = "scan";
      new Viewer(box, context, scan);
      return;
    }
    box.className = "scan__empty";
    box.textContent = context.t(context.screen === "preview" ? "preview" : "noScan");
  },
  i18n: messages,
};
