/** A panel that tells what it sees: the project, the open task, and how often it was opened. */
export default {
  apiVersion: 1,
  panel: "told",
  async mount(/** @type {HTMLElement} */ el, /** @type {any} */ ctx) {
    const list = document.createElement("p");
    const open = document.createElement("button");
    open.textContent = ctx.t("open");
    el.append(list, open);
    const { tasks } = await ctx.tasks({ pageSize: 2 });
    const visits = ((await ctx.storage.get("visits")) ?? 0) + 1;
    await ctx.storage.set("visits", visits);
    const strange = await ctx.task(999_999).then(
      () => "found",
      () => "not found",
    );
    const show = (/** @type {any} */ current) => {
      const results = current ? ` results ${current.results.length}` : "";
      list.textContent = `${ctx.place} ${ctx.project.title} tasks ${tasks.length} visits ${visits} ${strange}${results}`;
    };
    show(await ctx.current());
    ctx.subscribe(show);
    open.addEventListener("click", () => void ctx.open(tasks[tasks.length - 1].id));
  },
  i18n: { en: { open: "Open the second task" } },
};
