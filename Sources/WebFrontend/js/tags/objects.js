/** `<Image>` and `<Text>`: what is labeled. */

/** @type {import("postil-tag").TagDefinition} */
export const imageTag = {
  apiVersion: 1,
  tag: "Image",
  kind: "object",
  mount(element, context) {
    const list = context.attrs.valuelist;
    const value = context.value(typeof list === "string" && list !== "" ? list : undefined);
    const urls = (Array.isArray(value) ? value : [value ?? ""]).map(String);
    context.ui.imageSurface(element, { urls: urls.length > 0 ? urls : [""], title: "Image" });
  },
};

/** @type {import("postil-tag").TagDefinition} */
export const textTag = {
  apiVersion: 1,
  tag: "Text",
  kind: "object",
  mount(element, context) {
    const value = context.value();
    const text =
      typeof value === "object" && value !== null ? JSON.stringify(value, null, 2) : String(value);
    context.ui.textSurface(element, { text: decoded(text, context.attrs.encoding), title: "Text" });
  },
};

/** @param {string} text @param {unknown} encoding */
function decoded(text, encoding) {
  if (encoding !== "base64" && encoding !== "base64unicode") return text;
  try {
    const bytes = Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
    return new TextDecoder(encoding === "base64" ? "latin1" : "utf-8").decode(bytes);
  } catch {
    return text; // not base64 after all: the text as it is says more than nothing
  }
}
