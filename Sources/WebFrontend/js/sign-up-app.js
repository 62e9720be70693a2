/** Entry of sign-up.html, which works without it: the page in the reader's language. */
import { speakChosenLanguage } from "./i18n/languages.js";
import { t } from "./i18n/t.js";

await speakChosenLanguage();

/** @param {string} selector @param {string} text */
const put = (selector, text) => {
  const element = document.querySelector(selector);
  if (element) element.textContent = text;
};
document.title = `${t("Join")} · Postil`;
put("h1", t("Join Postil"));
put("label[for=email]", t("E-mail address"));
put("label[for=password]", t("Password, at least 8 characters"));
put("label[for=first_name]", t("First name"));
put("label[for=last_name]", t("Last name"));
put("button", t("Join"));
