import assert from "node:assert/strict";
import { test } from "node:test";
import { AnnotationStore } from "../../../Sources/WebFrontend/js/state/annotation-store.js";

/** @param {string} id @param {number} order @param {any} [value] @returns {any} */
const record = (id, order, value = 0) => ({ id, order, value, source: [] });

/** @param {AnnotationStore} store */
const shape = (store) => store.records.map(({ id, value }) => `${id}${value}`).join(" ");

function filled() {
  const store = new AnnotationStore();
  store.load([record("a", 0), record("b", 1), record("c", 2)]);
  return store;
}

test("undo and redo are each other's inverse over random changes", () => {
  const store = filled();
  let state = 5;
  const random = (/** @type {number} */ below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % below;
  };
  /** @type {string[]} */
  const states = [shape(store)];
  for (let i = 0; i < 200; i += 1) {
    store.transact("change", (draft) => {
      const some = store.records[random(Math.max(1, store.records.length))];
      if (random(3) === 0 && some) draft.remove(some.id);
      else if (random(2) === 0 && some) draft.put({ ...some, value: i + 1 });
      else draft.put(record(`n${i}`, store.nextOrder(), i));
    });
    states.push(shape(store));
  }
  for (let i = states.length - 2; i >= 0; i -= 1) {
    store.undo();
    assert.equal(shape(store), states[i]);
  }
  assert.equal(store.undo(), false);
  for (let i = 1; i < states.length; i += 1) {
    store.redo();
    assert.equal(shape(store), states[i]);
  }
});

test("a deleted region comes back to its place", () => {
  const store = filled();
  store.transact("delete", (draft) => draft.remove("b"));
  store.undo();
  assert.equal(shape(store), "a0 b0 c0");
});

test("an exception takes the whole transaction back and tells nobody", () => {
  const store = filled();
  let changes = 0;
  store.addEventListener("change", () => (changes += 1));
  assert.throws(() =>
    store.transact("bad", (draft) => {
      draft.remove("a");
      draft.put(record("d", 9));
      throw new Error("no");
    }),
  );
  assert.equal(shape(store), "a0 b0 c0");
  assert.equal(changes, 0);
  assert.equal(store.undoLabel, null);
});

test("nested transactions are one step", () => {
  const store = filled();
  store.transact("outer", (draft) => {
    draft.remove("a");
    store.transact("inner", (inner) => inner.remove("b"));
  });
  assert.equal(store.undoLabel, "outer");
  store.undo();
  assert.equal(shape(store), "a0 b0 c0");
});

test("nudges of the same thing in quick succession are one step", () => {
  const store = filled();
  for (let i = 1; i <= 3; i += 1) {
    store.transact("nudge", (draft) => draft.put(record("a", 0, i)), { mergeKey: "a" });
  }
  store.undo();
  assert.equal(shape(store), "a0 b0 c0");
});

test("undo does not cross a submit", () => {
  const store = filled();
  store.transact("delete", (draft) => draft.remove("a"));
  store.forgetHistory();
  assert.equal(store.undo(), false);
});

test("a read-only annotation cannot be changed", () => {
  const store = filled();
  store.isReadOnly = true;
  assert.throws(() => store.transact("x", (draft) => draft.remove("a")));
  assert.equal(shape(store), "a0 b0 c0");
});

test("a new change forgets what was undone", () => {
  const store = filled();
  store.transact("one", (draft) => draft.remove("a"));
  store.undo();
  store.transact("two", (draft) => draft.remove("b"));
  assert.equal(store.redo(), false);
});
