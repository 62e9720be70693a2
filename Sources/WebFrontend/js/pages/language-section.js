/** The account page's choice of a language. */
import { chooseLanguage, chosenLanguage, languages } from "../i18n/languages.js";
import { t } from "../i18n/t.js";
import { h } from "../widgets/dom.js";
import { field, select } from "../widgets/field.js";
import { toast } from "../widgets/toast.js";

/**
 * @param {() => boolean} isLoadable False while the page shows what another document would not.
 */
export function languageSection(isLoadable) {
  const control = select([["", t("As in this browser")], ...Object.entries(languages)], {
    onchange: choose,
  });
  control.value = chosenLanguage();

  function choose() {
    if (!chooseLanguage(control.value))
      toast(t("This browser keeps no settings, so the language stays."), { kind: "bad" });
    else if (isLoadable()) location.reload();
    else toast(t("The language changes when you reload this page."));
  }

  return h(
    "section",
    { class: "card panel" },
    h("h2", null, t("Language and region")),
    field(control, {
      label: t("Language"),
      hint: t("Of Postil's pages, its numbers and dates. What the server says is English."),
    }).element,
  );
}
