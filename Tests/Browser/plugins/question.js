/** A question with a text field, shown by the tag itself: its answer is `{ text }`. */
export default {
  apiVersion: 1,
  tag: "TAG_NAME",
  kind: "control",
  targets: ["Image"],
  answer: {
    type: "tag_type",
    serialize: (/** @type {any} */ value) => ({ value }),
    parse: (/** @type {any} */ { value }) => value ?? null,
    isEmpty: (/** @type {any} */ value) => !value?.text,
  },
  mount(/** @type {HTMLElement} */ el, /** @type {any} */ ctx) {
    const label = document.createElement("label");
    label.textContent = `${ctx.t("why")} `;
    const input = document.createElement("input");
    label.append(input);
    el.append(label);
    const show = async () => {
      const answer = await ctx.answer.get();
      if (document.activeElement !== input) input.value = answer?.text ?? "";
    };
    ctx.answer.subscribe(show);
    void show();
    input.addEventListener(
      "input",
      () => void ctx.answer.set({ text: input.value }, { isTyping: true }),
      { signal: ctx.signal },
    );
  },
  i18n: { en: { why: "Why?" } },
};
