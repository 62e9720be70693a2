/**
 * PDF.js, where the installation has it. It is a classic script that makes one global, and is loaded
 * when a config first asks for a document.
 */
import { t } from "../i18n/t.js";

const folder = new URL("../../vendor/pdf/", import.meta.url);

/** @type {Promise<any> | null} */
let loading = null;

/**
 * @returns {Promise<any>}
 * @throws {Error} With a sentence for people when it is not installed.
 */
export function pdfLibrary() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load() {
  const address = new URL("pdf.js", folder);
  const answer = await fetch(address, { method: "HEAD" }).catch(() => null);
  if (!answer?.ok)
    throw new Error(
      t(
        "This installation was built without PDF.js (Debian's libjs-pdf), so documents cannot be shown here.",
      ),
    );
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address.href;
    script.addEventListener("load", resolve, { once: true });
    script.addEventListener("error", () => reject(new Error(t("PDF.js cannot be loaded."))), {
      once: true,
    });
    document.head.append(script);
  });
  const library = /** @type {any} */ (globalThis).pdfjsLib;
  library.GlobalWorkerOptions.workerSrc = new URL("pdf.worker.js", folder).href;
  return library;
}

/**
 * @param {string} url
 * @returns {Promise<any>} A document of PDF.js.
 */
export async function openPdf(url) {
  const library = await pdfLibrary();
  const task = library.getDocument({
    url: new URL(url, location.href).href,
    // Fonts could carry code (CVE-2024-4367 in this version).
    isEvalSupported: false,
    enableXfa: false,
    standardFontDataUrl: new URL("standard_fonts/", folder).href,
  });
  try {
    return { library, pdf: await task.promise, close: () => void task.destroy() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(t("The document cannot be shown: {reason}", { reason }));
  }
}
