/** A tree of items, seen as the list of rows that are open. Pure. */

/**
 * @typedef {object} TaxonomyItem
 * @property {string} value What a path holds.
 * @property {string} title
 * @property {string} hint
 * @property {boolean} isLeaf
 * @property {readonly TaxonomyItem[] | null} children Null: not loaded yet.
 */

/** @typedef {{ item: TaxonomyItem, path: readonly string[], depth: number, key: string }} TaxonomyRow */

/** @param {readonly string[]} path */
export const pathKey = (path) => path.join("\u0000");

/**
 * The rows that show, parents before children.
 * @param {readonly TaxonomyItem[]} items
 * @param {ReadonlySet<string>} open Keys of paths.
 * @param {string} search Lower case; with it, what matches and its parents show, open or not.
 * @returns {TaxonomyRow[]}
 */
export function visibleRows(items, open, search) {
  /** @type {TaxonomyRow[]} */
  const rows = [];
  /**
   * @param {readonly TaxonomyItem[]} level @param {readonly string[]} parent
   * @param {boolean} isMatched A parent matches, so that all below it may show.
   * @returns {boolean} Whether any row was added.
   */
  const visit = (level, parent, isMatched) => {
    let isAny = false;
    for (const item of level) {
      const path = [...parent, item.value];
      const key = pathKey(path);
      const place = rows.length;
      rows.push({ item, path, depth: parent.length, key });
      const matches = search === "" || isMatched || item.title.toLowerCase().includes(search);
      const isOpen = search === "" ? open.has(key) : true;
      const below =
        isOpen && item.children
          ? visit(item.children, path, matches && search !== "" && open.has(key))
          : false;
      if (matches || below) isAny = true;
      else rows.length = place;
    }
    return isAny;
  };
  visit(items, [], false);
  return rows;
}

/**
 * What an API or a task may bring.
 * @param {unknown} source `{items: [...]}` or a list.
 * @returns {TaxonomyItem[]}
 */
export function readItems(source) {
  const list = Array.isArray(source) ? source : /** @type {any} */ (source)?.items;
  if (!Array.isArray(list)) return [];
  return list.map((one) => {
    const entry = one !== null && typeof one === "object" ? one : { value: one };
    const title = String(entry.value ?? entry.alias ?? "");
    const children = Array.isArray(entry.children) ? readItems(entry.children) : null;
    const isLeaf = entry.isLeaf === true || (entry.isLeaf === undefined && !children);
    return {
      value: String(entry.alias ?? title),
      title,
      hint: String(entry.hint ?? ""),
      isLeaf: isLeaf && !(children && children.length > 0),
      children: isLeaf ? [] : children,
    };
  });
}

/**
 * The tree with the children of one path put in.
 * @param {readonly TaxonomyItem[]} items @param {readonly string[]} path
 * @param {readonly TaxonomyItem[]} children
 * @returns {readonly TaxonomyItem[]}
 */
export function withChildren(items, path, children) {
  const [first, ...rest] = path;
  return items.map((item) => {
    if (item.value !== first) return item;
    return {
      ...item,
      children: rest.length === 0 ? children : withChildren(item.children ?? [], rest, children),
    };
  });
}
