/** Personal access tokens on the account page: make one, see which work, end one. */
import { endAccessToken, listAccessTokens, makeAccessToken } from "../api/session.js";
import { t } from "../i18n/t.js";
import { copyField } from "../widgets/copy-field.js";
import { confirmDialog } from "../widgets/dialog.js";
import { h, replace } from "../widgets/dom.js";
import { formatMoment } from "../widgets/format.js";
import { errorText } from "../widgets/states.js";
import { toast } from "../widgets/toast.js";

/** @param {string} token @returns {string} When it ends, in words; "" when it does not say. */
function endOf(token) {
  try {
    const { exp } = JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
    return t("works until {moment}", {
      moment: formatMoment(new Date(exp * 1000).toISOString()),
    });
  } catch {
    return "";
  }
}

/** @returns {HTMLElement} */
export function accessTokenSection() {
  const made = h("div", { class: "stack stack--tight", role: "status" });
  const list = h("ul", { class: "stack stack--tight", "aria-label": t("Personal access tokens") });
  const make = h(
    "button",
    { type: "button", class: "button", onclick: () => void attempt(makeOne) },
    t("New access token"),
  );

  /** @param {() => Promise<unknown>} run */
  async function attempt(run) {
    try {
      await run();
    } catch (error) {
      toast(errorText(error), { kind: "bad" });
    }
  }

  async function makeOne() {
    const token = await makeAccessToken();
    replace(
      made,
      copyField(t("Personal access token"), token),
      h("p", { class: "muted small" }, t("Copy it now: it is not shown again.")),
    );
    await show();
  }

  /** @param {string} token */
  async function end(token) {
    const agreed = await confirmDialog({
      title: t("End this token?"),
      message: t("Programs that use it stop working at once."),
      confirm: t("End token"),
      danger: true,
    });
    if (!agreed) return;
    await endAccessToken(token);
    replace(made);
    await show();
  }

  async function show() {
    const tokens = await listAccessTokens();
    make.disabled = tokens.length > 0;
    make.title = tokens.length > 0 ? t("There is one that works; end it first.") : "";
    replace(
      list,
      tokens.map((token) =>
        h(
          "li",
          { class: "row row--apart" },
          h("span", null, h("code", null, `…${token.slice(-12)}`), ` ${endOf(token)}`),
          h(
            "button",
            {
              type: "button",
              class: "button button--small button--danger",
              onclick: () => void attempt(() => end(token)),
            },
            t("End token…"),
          ),
        ),
      ),
    );
  }

  void attempt(show);
  return h(
    "section",
    { class: "card panel" },
    h("div", { class: "row row--apart" }, h("h2", null, t("Personal access token")), make),
    h(
      "p",
      { class: "muted" },
      t("For clients that swap it for short-lived tokens, as Label Studio's does."),
    ),
    made,
    list,
  );
}
