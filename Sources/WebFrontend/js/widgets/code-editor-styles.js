/** The editor's own style sheet: it lives in a shadow root, where the page's does not reach. */
export const codeEditorStyles = new CSSStyleSheet();

codeEditorStyles.replaceSync(`
  :host { --line-height: 20px; --pad: 10px; display: block; }
  * { box-sizing: border-box; }
  .frame {
    position: relative;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    height: var(--editor-height, 340px);
    overflow: hidden;
    resize: vertical;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    background: var(--surface);
    font: var(--text-sm) / var(--line-height) var(--font-mono);
    tab-size: 2;
  }
  .frame:focus-within { outline: 2px solid var(--focus); outline-offset: 0; }
  .frame[data-invalid] { border-color: var(--danger); }
  .frame[data-noted] { grid-template-columns: auto minmax(0, 1fr) minmax(190px, 38%); }
  .gutter {
    padding: var(--pad) 10px var(--pad) 12px;
    overflow: hidden;
    background: var(--surface-sunken);
    color: var(--ink-muted);
    text-align: end;
    white-space: pre;
    user-select: none;
  }
  .gutter span[data-wrong] { color: var(--danger); font-weight: 700; }
  .text { position: relative; overflow: hidden; }
  .colors, textarea {
    position: absolute;
    inset: 0;
    margin: 0;
    padding: var(--pad) 12px;
    border: 0;
    font: inherit;
    letter-spacing: inherit;
    white-space: pre;
    tab-size: inherit;
  }
  .colors { overflow: hidden; color: var(--ink); pointer-events: none; }
  .colors mark { display: block; width: 100%; position: absolute; inset-inline: 0; height: var(--line-height); background: var(--danger-soft); border-inline-start: 2px solid var(--danger); }
  .colors code { position: relative; font: inherit; }
  textarea { width: 100%; height: 100%; overflow: auto; background: none; color: transparent; caret-color: var(--ink); resize: none; outline: none; }
  textarea::selection { background: var(--accent-soft); color: var(--ink); }
  .frame[data-plain] textarea { color: var(--ink); }
  .tag { color: var(--accent-text); }
  .attribute { color: var(--success); }
  .string { color: var(--rubric); }
  .comment { color: var(--ink-muted); font-style: italic; }
  .margin { position: relative; overflow: auto; border-inline-start: 1px solid var(--line); background: var(--bg); font-family: var(--font-ui); line-height: 1.45; }
  .margin[hidden] { display: none; }
  .note { position: absolute; inset-inline: 0; padding: 2px 12px 10px; border-inline-start: 3px solid var(--danger); }
  .note p { margin: 0 0 4px; }
  .note .where { color: var(--danger); font-weight: 650; }
  .note .hint { color: var(--ink-muted); }
  .note button {
    min-height: 28px; padding: 4px 10px; margin-block-start: 4px;
    border: 1px solid transparent; border-radius: var(--radius-m);
    background: var(--accent); color: var(--on-accent);
    font: 550 var(--text-sm) / 1.3 var(--font-ui); text-align: start; cursor: pointer;
  }
  .note button.where { padding: 0; margin: 0; min-height: 24px; border: 0; background: none; color: var(--danger); font-weight: 650; text-decoration: underline; }
  .note button:hover { background: var(--accent-hover); }
  .note button.where:hover { background: none; }
  .note a { color: var(--accent-text); }
  button:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
  .suggestions {
    position: absolute; z-index: 2; margin: 0; padding: 4px; list-style: none;
    width: min(420px, 90%); max-height: 200px; overflow: auto;
    border: 1px solid var(--line-strong); border-radius: var(--radius-m);
    background: var(--surface); box-shadow: var(--shadow-2);
  }
  .suggestions[hidden] { display: none; }
  .suggestions li { display: flex; gap: 12px; padding: 2px 8px; border-radius: var(--radius-s); cursor: pointer; }
  .suggestions li[aria-selected="true"] { background: var(--accent-soft); }
  .suggestions small { margin-inline-start: auto; overflow: hidden; color: var(--ink-muted); font: var(--text-xs) / var(--line-height) var(--font-ui); text-overflow: ellipsis; white-space: nowrap; }
  @media (width < 760px) {
    .frame[data-noted] { grid-template-columns: auto minmax(0, 1fr); grid-template-rows: minmax(0, 1fr) auto; }
    .margin { grid-column: 1 / -1; border-inline-start: 0; border-block-start: 1px solid var(--line); max-height: 130px; }
    .note { position: static; }
  }
`);
