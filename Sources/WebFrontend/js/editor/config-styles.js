/**
 * Styles of the labeling area. They are adopted by its shadow root, which the content security policy
 * allows, unlike a style element.
 */
export const configStyles = new CSSStyleSheet();

configStyles.replaceSync(`
  :host { display: flex; flex-direction: column; }
  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  :focus { outline: none; }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
  button, input, select { font: inherit; color: inherit; }
  p { margin: 0; }
  kbd {
    padding: 0 5px; border: 1px solid var(--line); border-radius: 4px; background: var(--surface);
    color: var(--ink-muted); font: 600 11px/16px var(--font-ui);
  }

  .config { display: flex; flex-direction: column; flex: 1 0 auto; contain: layout paint; }
  .tag { display: contents; }
  .config > .tag > .view { display: flex; flex-direction: column; flex: 1 0 auto; gap: 12px; padding: 16px; }
  .view--inline { display: inline-block; }
  .view--stack, .view--panel { display: flex; flex-direction: column; gap: 12px; }

  .view .view :is(.labels, .answer, .placeholder, .header) { margin-block: 0 8px; }

  .header { font-weight: 650; line-height: 1.3; color: var(--ink); }
  .header--1 { font-size: 22px; } .header--2 { font-size: 19px; } .header--3 { font-size: 16px; }
  .header--4 { font-size: 14px; } .header--5 { font-size: 13px; color: var(--ink-muted); }
  .header--underlined { padding-bottom: 6px; border-bottom: 1px solid var(--line); }

  .labels { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; flex: none; }
  .config > .tag > .view > .tag > .labels {
    position: sticky; top: 0; z-index: 2; margin: -4px -6px; padding: 4px 6px; background: var(--bg);
  }
  .labels__filter {
    width: 160px; min-height: 30px; padding: 3px 10px; border: 1px solid var(--line-strong);
    border-radius: 8px; background: var(--surface);
  }
  .label {
    display: inline-flex; align-items: center; gap: 8px; min-height: 30px; padding: 2px 10px 2px 8px;
    border: 1px solid var(--line); border-radius: 8px; background: var(--surface);
    font-size: 13px; font-weight: 550; cursor: pointer; transition: background-color 120ms, border-color 120ms;
  }
  .label:hover:not(:disabled) { background: var(--surface-hover); border-color: var(--line-strong); }
  .label[aria-pressed="true"] {
    border-color: var(--label-color); box-shadow: inset 0 0 0 1px var(--label-color);
    background: color-mix(in srgb, var(--label-color) 16%, var(--surface));
  }
  .label:disabled { cursor: default; }
  .label__swatch { display: grid; place-items: center; min-width: 12px; min-height: 12px; border-radius: 3px; background: var(--label-color); box-shadow: var(--swatch-edge); flex: none; }
  .label__swatch::after { content: attr(data-initial); display: var(--label-initials, none); min-width: 16px; color: var(--label-ink); font: 700 11px/16px var(--font-ui); text-align: center; }
  .label__count { color: var(--ink-muted); font-size: 12px; font-variant-numeric: tabular-nums; }
  .label__count:empty { display: none; }

  .surface {
    position: relative; flex: 1 1 auto; min-height: max(320px, calc(100dvh - 230px)); width: 100%;
    overflow: hidden; border-radius: 10px; background: var(--surface-sunken); touch-action: none;
    user-select: none; -webkit-user-select: none;
  }
  .config > .tag > .view > .tag > .surface { min-height: 320px; height: 0; }
  .surface__layer { position: absolute; inset: 0; transform-origin: 0 0; pointer-events: none; max-width: none; }
  .surface:focus-visible { outline-offset: -2px; }
  .surface__message {
    position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 12px;
    padding: 24px; color: var(--ink-muted); text-align: center; overflow-wrap: anywhere; background: var(--surface-sunken);
  }
  .surface__message p { max-width: 68ch; text-wrap: balance; }
  .surface__message progress { width: min(240px, 100%); height: 6px; accent-color: var(--accent); }
  .surface__message--loading { animation: breathe 1.4s ease-in-out infinite alternate; }
  @keyframes breathe { from { opacity: 1; } to { opacity: 0.55; } }
  .surface__retry, .surface__zoom button {
    min-height: 28px; padding: 0 10px; border: 0; border-radius: 6px; background: transparent; cursor: pointer;
    font-size: 12px; font-weight: 600;
  }
  .surface__retry { border: 1px solid var(--line-strong); background: var(--surface); }
  .surface__zoom {
    position: absolute; inset-inline-end: 12px; bottom: 12px; display: flex; gap: 2px; padding: 3px;
    border: 1px solid var(--line); border-radius: 9px; background: var(--surface); box-shadow: var(--shadow-1);
  }
  .surface__zoom button:hover { background: var(--surface-hover); }
  .surface__scale { min-width: 56px; font-variant-numeric: tabular-nums; }

  .text-surface {
    position: relative; padding: 20px 24px 28px; border: 1px solid var(--line); border-radius: 10px;
    background: var(--surface); color: var(--ink); max-width: 100%;
  }
  .text-surface__content {
    max-width: 80ch; font-size: 16px; line-height: 2.1; white-space: pre-wrap; overflow-wrap: anywhere;
  }
  .text-surface--marking .text-surface__content { cursor: text; }
  .text-surface__content::selection { background: color-mix(in srgb, var(--accent) 35%, transparent); }
  .text-surface__titles { position: absolute; inset: 0; pointer-events: none; }
  .text-surface__title {
    position: absolute; transform: translate(-100%, -2px); max-width: 24ch; overflow: hidden;
    text-overflow: ellipsis; white-space: nowrap; padding: 0 4px; border-radius: 3px;
    border-bottom: 2px solid var(--label-color); background: var(--surface); color: var(--ink-muted);
    font-size: 10px; font-weight: 600; line-height: 12px;
  }
  .text-surface__title--selected { background: var(--label-color); color: #fff; text-shadow: 0 0 2px #000; }
  .text-surface__caret { position: absolute; width: 2px; background: var(--accent); pointer-events: none; }
  .text-surface__marker { position: absolute; left: 0; }

  .choices { position: relative; display: flex; flex-direction: column; gap: 4px; margin: 0; padding: 0; border: 0; min-width: 0; flex: none; }
  .choices--inline { flex-direction: row; flex-wrap: wrap; }
  .choices__legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .choices__choice {
    display: inline-flex; align-items: center; gap: 8px; min-height: 30px; padding: 2px 12px 2px 10px; align-self: flex-start;
    border: 1px solid var(--line); border-radius: 8px; background: var(--surface); cursor: pointer; font-size: 13px;
  }
  .choices__choice:hover { background: var(--surface-hover); }
  .choices__choice:has(input:checked) { border-color: var(--accent); background: var(--accent-soft); }
  .choices__choice:has(input:focus-visible) { outline: 2px solid var(--focus); outline-offset: 2px; }
  .choices__choice input:focus-visible { outline: none; }
  .choices__choice input { accent-color: var(--accent); margin: 0; width: 16px; height: 16px; }
  .choices:disabled .choices__choice { opacity: 0.6; cursor: default; }
  .choices__nested { display: flex; flex-direction: column; gap: 4px; padding-inline-start: 24px; }
  .choices__select {
    align-self: flex-start; min-width: 220px; min-height: 34px; padding: 4px 10px; border: 1px solid var(--line-strong);
    border-radius: 8px; background: var(--surface);
  }

  .placeholder {
    display: flex; gap: 12px; align-items: baseline; padding: 12px 16px; border: 1px dashed var(--line-strong);
    border-radius: 10px; background: var(--surface); color: var(--ink-muted); font-size: 13px;
  }
  .placeholder__tag { color: var(--ink); font-family: var(--font-mono); font-weight: 600; }

  @media (pointer: coarse) {
    .label, .choices__choice, .surface__zoom button { min-height: 44px; }
  }
  @media (prefers-reduced-motion: reduce) {
    .surface__message--loading { animation: none; }
    .label { transition: none; }
  }
  @media (forced-colors: active) {
    .label[aria-pressed="true"] { outline: 3px solid Highlight; }
    .label__swatch { forced-color-adjust: none; }
  }
`);
