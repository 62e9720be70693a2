/** The dialog that takes a package in and shows what its verification found. */
import { ApiError } from "../api/client.js";
import { uploadPackage } from "../api/plugins.js";
import { t } from "../i18n/t.js";
import { openDialog } from "../widgets/dialog.js";
import { h, replace, uniqueId } from "../widgets/dom.js";
import { whileBusy } from "../widgets/field.js";
import { errorNotice, notice } from "../widgets/states.js";
import { reportList } from "./plugin-details.js";
import { trustText } from "./plugin-state.js";

/** @param {() => Promise<void>} onInstalled */
export function openInstallDialog(onInstalled) {
  const id = uniqueId("package");
  const file = h("input", {
    id,
    type: "file",
    class: "input",
    accept: ".gz,.tgz,application/gzip",
    onchange: () => {
      send.disabled = !file.files?.length;
      replace(outcome);
    },
  });
  const send = h(
    "button",
    { type: "submit", class: "button button--primary", disabled: true },
    t("Verify and install"),
  );
  const outcome = h("div", { class: "stack stack--tight", "aria-live": "polite" });
  const form = h(
    "form",
    { class: "stack", onsubmit: submit },
    h(
      "div",
      { class: "stack stack--tight" },
      h("label", { for: id }, t("Package")),
      file,
      h(
        "p",
        { class: "muted small" },
        t(
          "A file that `postil plugin pack` made. Installing it runs nothing of it; you allow it afterwards.",
        ),
      ),
    ),
    h("div", null, send),
    outcome,
  );
  openDialog({
    title: t("Install a package"),
    body: form,
    actions: [{ label: t("Close") }],
    size: "wide",
  });

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const chosen = file.files?.[0];
    if (!chosen) return;
    await whileBusy(send, t("Verifying…"), async () => {
      try {
        replace(outcome, ...accepted(await uploadPackage(chosen)));
        await onInstalled();
      } catch (error) {
        replace(outcome, ...refused(error));
      }
    });
  }
}

/** @param {import("../api/types.js").PackageReport} report */
function accepted(report) {
  const what = `${report.id} ${report.version}`;
  return [
    notice(
      "ok",
      h(
        "p",
        null,
        report.was_installed
          ? t("{package} was there already.", { package: what })
          : t("{package} is installed.", { package: what }),
      ),
      h("p", null, `${trustText(report.trust)} ${t("It does nothing until you allow it.")}`),
    ),
    reportList(report),
  ];
}

/** @param {unknown} error */
function refused(error) {
  const report = error instanceof ApiError ? error.body["report"] : null;
  return [
    errorNotice(error),
    report && reportList(/** @type {import("../api/types.js").PackageReport} */ (report)),
  ];
}
