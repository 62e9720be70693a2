/** The browser half of a tag that holds one number. */
export default {
  apiVersion: 1,
  tag: "Base",
  kind: "control",
  targets: ["Text"],
  answer: {
    type: "base",
    parse: ({ value }) => value?.base?.number ?? null,
    serialize: (number) => ({ value: { base: { number } } }),
    isEmpty: (number) => number === null,
  },
};
