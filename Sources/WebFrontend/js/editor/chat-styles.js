/** Styles of conversations: messages, answers to compare, and what a model is doing. */
export const chatStyles = new CSSStyleSheet();

chatStyles.replaceSync(`
  .chat-object { display: flex; flex-direction: column; gap: 10px; padding: 12px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface-sunken); }
  .chat__messages { display: flex; flex-direction: column; gap: 10px; max-height: min(60dvh, 640px); overflow-y: auto; padding: 3px; }
  .message { max-width: 85%; padding: 8px 12px 10px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); color: var(--ink); cursor: pointer; align-self: flex-start; min-width: 160px; }
  .message--user { align-self: flex-end; background: var(--accent-soft); border-color: transparent; }
  .message--wide { max-width: none; align-self: stretch; }
  .message:hover { border-color: var(--line-strong); }
  .message--selected, .message--selected:hover { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
  .message__header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; min-height: 28px; }
  .message__role { flex: 1; margin-inline-end: 12px; color: var(--ink-muted); font-size: 12px; font-weight: 650; text-transform: capitalize; }
  .message__header .button-quiet { min-height: 26px; padding: 0 8px; border-color: transparent; background: transparent; color: var(--ink-muted); font-size: 12px; align-self: center; }
  .message__header .button-quiet:hover { color: var(--ink); background: var(--surface-hover); }
  .message__body > .button-quiet { margin-top: 6px; margin-inline-end: 6px; }

  .chat__answering { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 16px; }
  .chat__answering--silent { position: absolute; } /* takes no room, and can still be announced */
  .chat__answering > .answer__row { gap: 8px; }
  .chat__status { margin: 0; color: var(--ink-muted); font-size: 13px; }
  .chat__status:empty { display: none; }
  .chat__answering .answer__problem { margin: 0; }
  .chat__who { display: flex; align-items: center; gap: 8px; margin-inline-start: auto; color: var(--ink-muted); font-size: 13px; }
  .chat__composer { display: flex; gap: 8px; align-items: flex-start; }
  .chat__composer > .button-quiet { min-height: 34px; }
  .chat__role { flex: none; }

  .answers { display: flex; flex-direction: column; gap: 10px; margin-top: 4px; border-radius: 8px; }
  .answers__columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr)); gap: 10px; }
  .answers__one { display: flex; flex-direction: column; gap: 8px; min-width: 0; padding: 8px 12px 10px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface-sunken); }
  .answers__one > .markdown { flex: 1; }
  .answers__one--kept { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
  .answers__title { margin: 0; color: var(--ink-muted); font-size: 12px; font-weight: 650; }
  .answers__one [aria-pressed="true"]::before { content: "✓ "; }
  .answers__why { display: flex; flex-direction: column; gap: 4px; font-size: 13px; color: var(--ink-muted); }

  @media (pointer: coarse) {
    .message__header .button-quiet, .chat__composer > .button-quiet { min-height: 44px; }
  }
`);
