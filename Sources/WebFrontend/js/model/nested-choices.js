/** Nested choices of which several may be chosen: a parent counts as chosen when all below it are. */

/** @typedef {{ value: string, children: readonly ChoiceNode[] }} ChoiceNode */

/** @param {readonly string[]} path */
const keyOf = (path) => path.join("\u0000");

/**
 * The chosen paths with the parents that follow from them, and without those that do not.
 * @param {readonly (readonly string[])[]} chosen
 * @param {readonly ChoiceNode[]} tree
 * @returns {(readonly string[])[]} Parents before children where the tree tells, in its order;
 *   paths that the tree does not have, behind.
 */
export function withParents(chosen, tree) {
  const keys = new Set(chosen.map(keyOf));
  /** @type {(readonly string[])[]} */
  const paths = [];
  const known = new Set();
  /** @param {ChoiceNode} node @param {readonly string[]} parent @returns {boolean} Whether it is chosen. */
  const visit = (node, parent) => {
    const path = [...parent, node.value];
    known.add(keyOf(path));
    if (node.children.length === 0) {
      const isChosen = keys.has(keyOf(path));
      if (isChosen) paths.push(path);
      return isChosen;
    }
    const place = paths.length;
    const states = node.children.map((child) => visit(child, path));
    const isWhole = states.every(Boolean);
    if (isWhole) paths.splice(place, 0, path);
    return isWhole;
  };
  for (const node of tree) visit(node, []);
  return [...paths, ...chosen.filter((path) => !known.has(keyOf(path)))];
}

/**
 * All paths at the ends of the tree below a path.
 * @param {readonly ChoiceNode[]} tree @param {readonly string[]} path
 * @returns {(readonly string[])[]}
 */
export function leavesBelow(tree, path) {
  /** @param {readonly ChoiceNode[]} nodes @param {readonly string[]} parent @returns {(readonly string[])[]} */
  const leaves = (nodes, parent) =>
    nodes.flatMap((node) => {
      const own = [...parent, node.value];
      return node.children.length === 0 ? [own] : leaves(node.children, own);
    });
  let level = tree;
  for (const part of path) level = level.find(({ value }) => value === part)?.children ?? [];
  return leaves(level, path);
}
