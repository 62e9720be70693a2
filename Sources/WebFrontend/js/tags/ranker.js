/** `<Ranker>`: puts the items of a list in order, or sorts them into buckets. */
import { RankBoard } from "../components/rank-board.js";
import { t } from "../i18n/t.js";
import { columnsOf, completed, unranked } from "../model/ranking.js";
import { textOf } from "./answer-field.js";
import { listItems } from "./list.js";

/** @typedef {import("../model/ranking.js").Ranking} Ranking */
/** @typedef {import("postil-tag").TagEnvironment} TagEnvironment */

/** @param {TagEnvironment} environment */
function layoutOf({ attrs, children, object }) {
  const buckets = children
    .filter(({ tag }) => tag.toLowerCase() === "bucket")
    .map((bucket) => ({
      name: textOf(bucket.attrs, "name"),
      title: textOf(bucket.attrs, "title") || textOf(bucket.attrs, "name"),
      isDefault: bucket.attrs.default === true,
    }));
  const columns = columnsOf(textOf(attrs, "name"), buckets, "");
  const start = buckets.find(({ isDefault }) => isDefault)?.name ?? columns[0].name;
  return { columns, start, items: listItems(object.value) };
}

/** @param {Ranking} ranking @param {TagEnvironment} environment */
function wholeRanking(ranking, environment) {
  const { columns, start, items } = layoutOf(environment);
  return completed(
    ranking,
    columns.map(({ name }) => name),
    items.map(({ id }) => id),
    start,
  );
}

/** @type {import("postil-tag").TagDefinition<Ranking>} */
export const rankerTag = {
  apiVersion: 1,
  tag: "Ranker",
  kind: "control",
  targets: ["List"],
  answer: {
    type: "ranker",
    serialize: (ranker) => ({ value: { ranker } }),
    parse: ({ value }) => {
      const ranker = value?.ranker;
      const isRanking =
        ranker !== null && typeof ranker === "object" && Object.values(ranker).every(Array.isArray);
      return isRanking ? ranker : null;
    },
    isEmpty: () => false,
    // Leaving the order as it is says something too.
    initial: (environment) =>
      layoutOf(environment).items.length > 0 ? wholeRanking({}, environment) : null,
    summary: (ranking) => Object.values(ranking).flat().join(", "),
  },
  mount(element, context) {
    const { columns, items } = layoutOf(context);
    const board = new RankBoard(element, {
      name: context.name,
      columns: columns.map((column) => ({
        ...column,
        title: column.title || (column.name === unranked ? t("Not sorted yet") : t("Best first")),
      })),
      items,
      move: (ranking) => context.answer.set(ranking),
      signal: context.signal,
    });
    const update = () =>
      board.show(wholeRanking(context.answer.get() ?? {}, context), context.answer.canAnswer);
    context.answer.subscribe(update);
    update();
    // The list shows its items here now, in their order.
    queueMicrotask(() => hideItemsOf(element, context.object.name));
  },
};

/** @param {HTMLElement} element @param {string} list Name of the List. */
function hideItemsOf(element, list) {
  const root = /** @type {ShadowRoot} */ (element.getRootNode());
  for (const place of root.querySelectorAll?.("[data-tag]") ?? []) {
    const { tag, name } = /** @type {HTMLElement} */ (place).dataset;
    if (tag?.toLowerCase() !== "list" || name !== list) continue;
    place.querySelector(".list__items")?.remove();
  }
}
