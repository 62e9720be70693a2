/** Styles of objects that are read: texts, HTML, dialogues, tables, PDFs. */
export const documentStyles = new CSSStyleSheet();

documentStyles.replaceSync(`
  .object-status, .object-empty {
    display: grid; place-content: center; min-height: 64px; padding: 16px; border: 1px dashed var(--line-strong); border-radius: 10px;
    color: var(--ink-muted); font-size: 13px; text-align: center; overflow-wrap: anywhere;
  }
  /* Names that templates of Label Studio use for its own theme. */
  .config {
    --spacing-tighter: 4px; --spacing-tight: 8px; --spacing-base: 16px; --spacing-wide: 24px; --spacing-wider: 32px;
    --corner-radius-small: 4px; --corner-radius-medium: 8px; --corner-radius-large: 12px;
    --color-neutral-background: var(--surface); --color-neutral-surface: var(--surface-hover); --color-neutral-border: var(--line);
    --color-neutral-content: var(--ink); --color-neutral-content-subtle: var(--ink-muted);
    --color-accent-kale-subtlest: var(--success-soft); --color-accent-kale-subtle: var(--success-soft); --color-accent-kale-base: var(--success); --color-accent-kale-bold: var(--success);
    --color-accent-blueberry-subtlest: var(--info-soft); --color-accent-blueberry-subtle: var(--info-soft); --color-accent-blueberry-base: var(--info); --color-accent-blueberry-bold: var(--info);
    --color-accent-canteloupe-subtlest: var(--warning-soft); --color-accent-canteloupe-subtle: var(--warning-soft); --color-accent-canteloupe-base: var(--warning); --color-accent-canteloupe-bold: var(--warning);
  }
  .view .view .text-surface { padding: 4px 14px 10px; min-width: 0; }
  .view .view .text-surface__content { line-height: 1.9; }
  .text-surface:focus-visible { outline-offset: 0; }
  .text-surface__block { content-visibility: auto; contain-intrinsic-height: auto calc(var(--lines) * 2.1em); }
  .text-surface__content { position: relative; }
  .text-surface__bars { position: absolute; inset: 0; pointer-events: none; }
  .text-surface__bar { position: absolute; border-bottom: 2px solid var(--label-color); background: color-mix(in srgb, var(--label-color) 20%, transparent); }
  .text-surface__bar--strong { background: color-mix(in srgb, var(--label-color) 45%, transparent); }
  .text-surface__mark {
    position: sticky; bottom: 12px; float: inline-end; min-height: 44px; padding: 0 20px; border: 0; border-radius: 22px;
    background: var(--accent); color: var(--on-accent); font-weight: 600; box-shadow: var(--shadow-2); z-index: 3;
  }
  .text-surface__title { padding: 0 3px; line-height: 11px; }
  .span-handle { position: absolute; width: 12px; margin-inline-start: -6px; cursor: ew-resize; touch-action: none; z-index: 2; }
  .span-handle::before { content: ""; position: absolute; inset-block: 0; left: 5px; width: 2px; background: var(--accent); }
  .span-handle::after { content: ""; position: absolute; left: 1px; width: 10px; height: 10px; border-radius: 50%; background: var(--accent); border: 2px solid var(--surface); }
  .span-handle--start::after { top: -6px; } .span-handle--end::after { bottom: -6px; }

  .paper { color-scheme: light; background: #fff; color: #1f2328; border-radius: 6px; padding: 6px 10px; }
  .html-object { white-space: normal; line-height: 1.7; }
  .html-object > :first-child { margin-top: 0; }
  .html-object table { border-collapse: collapse; } .html-object td, .html-object th { border: 1px solid var(--line); padding: 4px 8px; }
  .html-object img { max-width: 100%; height: auto; }
  .text-surface__content:has(> .html-object) { max-width: none; }

  .phrases { white-space: normal; max-width: none; display: flex; flex-direction: column; gap: 2px; line-height: 1.9; }
  .phrases__bar { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; margin-bottom: 12px; }
  .phrases__bar audio { height: 36px; max-width: 100%; }
  .phrase { display: grid; grid-template-columns: auto minmax(90px, 160px) 1fr; gap: 4px 12px; align-items: baseline; padding: 4px 8px; border-radius: 8px; }
  .phrase > .phrase__text { grid-column: 3; white-space: pre-wrap; }
  .phrase:not(:has(.phrase__author)) > .phrase__text { grid-column: 2 / -1; }
  .phrase--dialogue { border-inline-start: 3px solid var(--label-color); border-start-start-radius: 0; border-end-start-radius: 0; }
  .phrase--current { background: var(--accent-soft); }
  .phrase__author { grid-column: 2; color: var(--ink-muted); font-size: 13px; font-weight: 650; overflow-wrap: anywhere; user-select: none; -webkit-user-select: none; }
  .phrase__play { width: 28px; height: 28px; padding: 0; border: 1px solid var(--line); border-radius: 50%; background: var(--surface); cursor: pointer; align-self: start; display: grid; place-items: center; }
  .phrase__play::before { content: ""; border-style: solid; border-width: 5px 0 5px 8px; border-color: transparent transparent transparent var(--ink-muted); margin-inline-start: 2px; }
  .phrase__play:hover { background: var(--surface-hover); }

  .table-object { max-height: 60dvh; overflow: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--surface); }
  .table-object table { border-collapse: collapse; width: 100%; font-size: 13px; }
  .table-object th { position: sticky; top: 0; background: var(--surface-hover); text-align: start; padding: 0; }
  .table-object td { padding: 6px 12px; border-top: 1px solid var(--line); overflow-wrap: anywhere; vertical-align: top; }
  .table-object__sort { width: 100%; min-height: 34px; padding: 4px 12px; border: 0; background: none; font-weight: 650; text-align: start; cursor: pointer; }
  .table-object th[aria-sort="ascending"] .table-object__sort::after { content: " ↑"; }
  .table-object th[aria-sort="descending"] .table-object__sort::after { content: " ↓"; }

  .pdf { display: flex; flex-direction: column; gap: 8px; }
  .pdf__bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; font-size: 13px; }
  .pdf__page-number { width: 64px; } .pdf__search { width: 180px; }
  .pdf__pages { max-height: 75dvh; min-height: 320px; overflow: auto; padding: 12px; border-radius: 10px; background: var(--surface-sunken); display: flex; flex-direction: column; gap: 12px; align-items: center; }
  .pdf__pages:focus-visible { outline-offset: -2px; }
  .pdf__page { position: relative; flex: none; background: #fff; box-shadow: var(--shadow-1); }
  .pdf__page canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
  .pdf__page > .pdf__overlay { pointer-events: none; }
  .pdf__text { position: absolute; inset: 0; overflow: hidden; line-height: 1; color: transparent; }
  .pdf__text > span { position: absolute; white-space: pre; transform-origin: 0 0; cursor: text; }
  .pdf__text ::selection { background: color-mix(in srgb, var(--accent) 35%, transparent); }
  .pdf--boxes .pdf__text { pointer-events: none; }
  .pdf__found { background: #ffe04a88; }
`);
