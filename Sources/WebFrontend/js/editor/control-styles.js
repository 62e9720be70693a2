/** Styles of tags that ask: answers, ratings, trees, rankings. */
export const controlStyles = new CSSStyleSheet();

controlStyles.replaceSync(`
  textarea { font: inherit; color: inherit; }
  .answer {
    position: relative; display: flex; flex-direction: column; gap: 8px; margin: 0; padding: 0; border: 0;
    min-width: 0; flex: none;
  }
  .answer:disabled { opacity: 0.6; }
  .answer__legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .answer__label { font-weight: 600; font-size: 13px; }
  .answer__row { display: flex; flex-wrap: wrap; align-items: center; gap: 12px; }
  .answer__hint { color: var(--ink-muted); font-size: 13px; }
  .answer__hint:empty, .answer__problem:empty { display: none; }
  .answer__problem { color: var(--danger); font-size: 13px; }

  .field-input {
    width: 100%; min-height: 34px; padding: 6px 10px; border: 1px solid var(--line-strong); border-radius: 8px;
    background: var(--surface); color: var(--ink); font-size: 14px; line-height: 1.5;
  }
  .field-input::placeholder { color: var(--ink-muted); opacity: 1; }
  .field-input:hover:not(:disabled) { border-color: var(--ink-muted); }
  .field-input:read-only:not(select) { background: var(--surface-hover); border-color: var(--line); }
  textarea.field-input { resize: vertical; }
  select.field-input { background: var(--surface); width: auto; }
  .button-quiet {
    min-height: 30px; padding: 2px 10px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface);
    font-size: 13px; font-weight: 550; cursor: pointer; white-space: nowrap; align-self: flex-start;
  }
  .button-quiet:hover:not(:disabled) { background: var(--surface-hover); border-color: var(--line-strong); }
  .button-quiet:disabled { color: var(--ink-muted); cursor: default; }
  .button-quiet[aria-pressed="true"] { background: var(--accent-soft); border-color: var(--accent); color: var(--accent-text); }

  .text-answer__entries { display: flex; flex-direction: column; gap: 6px; margin: 0; padding: 0; list-style: none; }
  .text-answer__entry, .text-answer__new { display: flex; gap: 6px; align-items: flex-start; }
  .text-answer__new > .button-quiet { min-height: 35px; }
  .text-answer { min-width: min(100%, 220px); }
  .shortcuts { display: flex; flex-wrap: wrap; gap: 6px; }
  .shortcut {
    display: inline-flex; gap: 6px; align-items: center; min-height: 28px; padding: 2px 10px; border: 1px solid var(--line);
    border-inline-start: 4px solid var(--label-color); border-radius: 6px; background: var(--surface); font-size: 13px; cursor: pointer;
  }
  .shortcut:hover { background: var(--surface-hover); }

  .rating { flex-direction: row; align-items: center; }
  .rating__stars { display: flex; flex-wrap: wrap; }
  .rating__star { display: grid; place-items: center; min-width: 32px; min-height: 36px; cursor: pointer; color: var(--ink-faint); font-size: 24px; line-height: 1; border-radius: 6px; }
  .rating--small .rating__star { font-size: 18px; min-width: 26px; } .rating--large .rating__star { font-size: 32px; min-width: 42px; }
  .rating__star--on { color: light-dark(#b97a00, #f2b93b); }
  .rating:not(:disabled) .rating__star:hover { background: var(--surface-hover); }
  .rating__star:has(:focus-visible) { outline: 2px solid var(--focus); outline-offset: -2px; }
  .rating__input { position: absolute; opacity: 0; width: 1px; height: 1px; }
  .rating__value { color: var(--ink-muted); font-size: 13px; font-variant-numeric: tabular-nums; }

  .number-answer__field { width: 140px; font-variant-numeric: tabular-nums; }
  .number-answer__slider { flex: 1 1 200px; max-width: 420px; accent-color: var(--accent); min-height: 28px; }
  .date-answer__field { width: auto; align-self: flex-start; min-width: 180px; }
  .choices__title { overflow-wrap: break-word; min-width: 0; }
  .choices__title img { max-height: 80px; }
  .choices__choice:has(.choices__title > *) { align-items: flex-start; padding-block: 6px; }

  .chips { display: flex; flex-wrap: wrap; gap: 6px; margin: 0; padding: 0; list-style: none; }
  .chip {
    display: inline-flex; align-items: center; gap: 2px; min-height: 28px; padding-inline-start: 10px; border-radius: 14px;
    background: var(--accent-soft); color: var(--accent-text); font-size: 13px; font-weight: 550;
  }
  .chip__remove { width: 28px; height: 28px; border: 0; border-radius: 50%; background: none; color: inherit; cursor: pointer; }
  .chip__remove:hover { background: var(--surface-hover); }
  .tree { display: flex; flex-direction: column; gap: 6px; max-width: 560px; }
  .tree__list { overflow-y: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); }
  .tree__list:focus-visible { outline-offset: 0; }
  .tree__spacer { position: relative; }
  .tree__row { position: absolute; inset-inline: 0; height: 30px; display: flex; align-items: center; gap: 6px; padding-inline-end: 8px; font-size: 13px; cursor: pointer; }
  .tree__row:hover { background: var(--surface-hover); }
  .tree__list:focus-visible .tree__row--active { box-shadow: inset 0 0 0 2px var(--focus); }
  .tree__twist { flex: none; width: 20px; height: 28px; display: grid; place-items: center; color: var(--ink-muted); }
  .tree__check { flex: none; width: 16px; height: 16px; border: 1.5px solid var(--line-strong); border-radius: 4px; display: grid; place-items: center; font-size: 12px; line-height: 1; }
  [aria-selected="true"] > .tree__check { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
  [aria-selected="true"] > .tree__check::before { content: "✓"; }
  .tree__title { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }

  .pairwise { flex-direction: row; flex-wrap: wrap; width: 100%; }
  .pairwise__side { min-height: 34px; padding: 4px 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); color: var(--ink); font-size: 13px; font-weight: 550; cursor: pointer; }
  .pairwise__side:hover { background: var(--surface-hover); }
  .pairwise__side[aria-pressed="true"] { border-color: var(--accent); background: var(--accent-soft); color: var(--accent-text); }
  .pairwise-object { cursor: pointer; }
  .pairwise-object:hover { outline: 2px solid var(--line-strong); outline-offset: 2px; }
  .pairwise-object--chosen, .pairwise-object--chosen:hover { outline: 3px solid var(--accent); outline-offset: 2px; }

  .list { display: flex; flex-direction: column; gap: 8px; }
  .list__title { font-weight: 650; font-size: 13px; }
  .list__items, .board__list { display: flex; flex-direction: column; gap: 8px; margin: 0; padding: 0; list-style: none; }
  .item { display: flex; gap: 12px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); font-size: 14px; }
  .item__title { font-weight: 600; } .item__body { color: var(--ink); overflow-wrap: anywhere; }
  .item__content { min-width: 0; flex: 1; }
  .item__html.paper { padding: 0; background: none; } .item__html.paper:not(:has(> img:only-child)) { padding: 6px 10px; background: #fff; }
  .item__html img { max-width: 100%; max-height: 240px; }
  .item__rank { flex: none; min-width: 24px; height: 24px; border-radius: 12px; display: grid; place-items: center; background: var(--surface-hover); color: var(--ink-muted); font-size: 12px; font-weight: 650; font-variant-numeric: tabular-nums; }
  .board { display: flex; flex-direction: column; gap: 8px; }
  .board__columns { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(160px, 1fr); gap: 12px; overflow-x: auto; padding: 3px; }
  .board__column { display: flex; flex-direction: column; gap: 8px; min-width: 0; }
  .board--buckets .board__list { flex: 1; min-height: 90px; padding: 8px; border: 1px dashed var(--line-strong); border-radius: 10px; background: var(--surface-sunken); }
  .item--movable { cursor: grab; touch-action: none; user-select: none; -webkit-user-select: none; }
  .board--fixed .item--movable { cursor: default; }
  .item--movable:hover { border-color: var(--line-strong); }
  .item--dragged { cursor: grabbing; z-index: 5; position: relative; box-shadow: var(--shadow-2); pointer-events: none; }
  .board__mark { height: 3px; border-radius: 2px; background: var(--accent); list-style: none; }

  .markdown { font-size: 14px; line-height: 1.55; overflow-wrap: anywhere; }
  .markdown :where(ul, ol, pre, blockquote) { margin: 0; }
  .markdown > * + * { margin-top: 8px; }
  .markdown ul, .markdown ol { padding-inline-start: 22px; }
  .markdown code { font-family: var(--font-mono); font-size: 0.92em; padding: 1px 4px; border-radius: 4px; background: var(--surface-hover); }
  .markdown__code { padding: 10px 12px; border-radius: 8px; background: var(--surface-hover); overflow-x: auto; }
  .markdown__code code { padding: 0; background: none; }
  .markdown blockquote { padding-inline-start: 12px; border-inline-start: 3px solid var(--line-strong); color: var(--ink-muted); }
  .markdown table { border-collapse: collapse; } .markdown th, .markdown td { padding: 4px 10px; border: 1px solid var(--line); text-align: start; }
  .markdown__heading { font-weight: 650; } .markdown__heading--1 { font-size: 19px; } .markdown__heading--2 { font-size: 17px; }
  .markdown hr { border: 0; border-top: 1px solid var(--line); }
  .markdown a, .html-object a { color: var(--accent-text); }

  @media (pointer: coarse) {
    .button-quiet, .text-answer__new > .button-quiet, .shortcut, .pairwise__side, .field-input, .rating__star { min-height: 44px; }
  }
`);
