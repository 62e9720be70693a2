/** Styles of a point cloud. What shows points is dark in every theme: colors are made for it. */
export const styles = `
  .cloud { position: relative; display: flex; flex-direction: column; gap: 8px; flex: 1 1 auto; min-height: 460px; user-select: none; -webkit-user-select: none; border-radius: 10px; }
  .config > .tag > .view > .tag > .cloud { height: calc(100dvh - 250px); }
  .cloud__bar { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; font-size: 12px; }
  .cloud__group { display: flex; gap: 4px; }
  .cloud__group--joined { gap: 0; }
  .cloud__bar button { min-height: 28px; padding: 0 10px; border: 1px solid var(--line-strong); border-radius: 6px; background: var(--surface); color: var(--ink); font-size: 12px; font-weight: 600; cursor: pointer; }
  .cloud__group--joined button { border-radius: 0; margin-inline-start: -1px; }
  .cloud__group--joined button:first-child { border-start-start-radius: 6px; border-end-start-radius: 6px; }
  .cloud__group--joined button:last-child { border-start-end-radius: 6px; border-end-end-radius: 6px; }
  .cloud__bar button:hover:not(:disabled) { background: var(--surface-hover); }
  .cloud__bar button[aria-pressed="true"] { background: var(--accent-soft); color: var(--accent-text); border-color: var(--accent); position: relative; z-index: 1; }
  .cloud__bar button:disabled { color: var(--ink-faint); border-color: var(--line); cursor: default; }
  .cloud__field { display: flex; align-items: center; gap: 6px; color: var(--ink-muted); }
  .cloud__field select { min-height: 28px; padding: 0 6px; border: 1px solid var(--line-strong); border-radius: 6px; background: var(--surface); color: var(--ink); font-size: 12px; }
  .cloud__field input { width: 84px; min-height: 24px; margin: 0; accent-color: var(--accent); }
  .cloud__status { margin-inline-start: auto; color: var(--ink-muted); font-variant-numeric: tabular-nums; }
  .cloud__stage { position: relative; flex: 1 1 0; min-height: 280px; display: grid; grid-template-columns: minmax(0, 1fr) minmax(140px, 28%); grid-template-rows: repeat(3, minmax(0, 1fr)); gap: 2px; overflow: hidden; border-radius: 10px; background: #2b3038; }
  .cloud__points { position: absolute; inset: 0; width: 100%; height: 100%; max-width: none; pointer-events: none; }
  .cloud__pane { position: relative; overflow: hidden; min-width: 0; min-height: 0; touch-action: none; }
  .cloud__pane > canvas { position: absolute; inset: 0; width: 100%; height: 100%; max-width: none; pointer-events: none; }
  .cloud__name, .cloud__readout { position: absolute; top: 8px; padding: 2px 8px; border: 0; border-radius: 6px; background: rgb(17 19 24 / 0.82); color: #f2f3f5; font-size: 11px; line-height: 20px; font-weight: 600; }
  .cloud__name { left: 8px; min-height: 24px; cursor: pointer; }
  .cloud__name:hover:not(:disabled) { background: #3a4250; }
  .cloud__name:disabled { cursor: default; }
  .cloud__readout { right: 8px; font-family: var(--font-mono); white-space: pre; pointer-events: none; }
  .cloud__readout:empty { display: none; }
  .cloud__pane:not(.cloud__pane--main) .cloud__readout { top: auto; bottom: 6px; }
  .cloud__cameras { display: flex; gap: 6px; overflow-x: auto; flex: none; height: 132px; scrollbar-width: thin; }
  .cloud__cameras--large { height: min(46dvh, 420px); }
  .cloud__camera { position: relative; flex: none; height: 100%; min-width: 120px; padding: 0; border: 0; border-radius: 8px; overflow: hidden; background: #14171c; cursor: zoom-in; }
  .cloud__camera[aria-pressed="true"] { cursor: zoom-out; }
  .cloud__camera img { display: block; height: 100%; width: auto; max-width: none; }
  .cloud__camera canvas { position: absolute; inset: 0; width: 100%; height: 100%; max-width: none; pointer-events: none; }
  .cloud__camera span { position: absolute; left: 6px; bottom: 6px; padding: 1px 7px; border-radius: 5px; background: rgb(17 19 24 / 0.82); color: #f2f3f5; font-size: 11px; font-weight: 600; }
  @media (pointer: coarse) { .cloud__bar button, .cloud__field select, .cloud__name { min-height: 44px; } }
  @media (max-width: 700px) { .cloud__stage { grid-template-columns: minmax(0, 1fr) 110px; } .cloud__status { margin: 0; } }
`;
