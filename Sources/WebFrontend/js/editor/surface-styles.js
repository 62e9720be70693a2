/** Styles of what lies over an image: its look, its pages, the active tool's settings, a small map. */
export const surfaceStyles = new CSSStyleSheet();

surfaceStyles.replaceSync(`
  .surface__adjust, .surface__settings {
    position: absolute; z-index: 1; display: flex; flex-direction: column; gap: 8px; padding: 12px;
    border: 1px solid var(--line); border-radius: 10px; background: var(--surface); color: var(--ink);
    box-shadow: var(--shadow-2); font-size: 12px;
  }
  .surface__adjust { inset-inline-end: 12px; bottom: 56px; width: 240px; }
  .surface__adjust label, .surface__settings label { display: grid; grid-template-columns: 76px 1fr; align-items: center; gap: 8px; min-height: 24px; }
  .surface__settings { inset-inline-start: 12px; top: 12px; padding: 6px 12px; flex-direction: row; }
  .surface__settings label { grid-template-columns: auto 120px 3.5em; }
  .surface__settings output { text-align: end; font-variant-numeric: tabular-nums; }
  .surface__adjust input[type="range"], .surface__settings input { width: 100%; min-height: 24px; margin: 0; accent-color: var(--accent); }
  .surface__adjust input[type="checkbox"] { justify-self: start; width: 18px; height: 18px; margin: 0; accent-color: var(--accent); }
  .surface__adjust button {
    align-self: flex-end; min-height: 28px; padding: 0 12px; border: 1px solid var(--line-strong); border-radius: 6px;
    background: var(--surface); cursor: pointer;
  }
  .surface__minimap {
    position: absolute; inset-inline-start: 12px; bottom: 12px; border: 1px solid var(--line-strong); border-radius: 6px;
    box-shadow: var(--shadow-1); cursor: crosshair; touch-action: none;
  }
  .surface__readout {
    position: absolute; inset-inline-end: 12px; top: 12px; padding: 3px 8px; border-radius: 6px; white-space: pre;
    background: rgb(17 19 24 / 0.82); color: #fff; font: 600 11px/16px var(--font-mono); pointer-events: none;
  }
  .surface__pages {
    position: absolute; left: 50%; bottom: 12px; display: flex; align-items: center; gap: 8px; max-width: 55%;
    padding: 4px 10px 4px 4px; transform: translateX(-50%); border: 1px solid var(--line); border-radius: 9px;
    background: var(--surface); box-shadow: var(--shadow-1); font-size: 12px; font-variant-numeric: tabular-nums;
  }
  .surface__page { flex: none; color: var(--ink-muted); }
  .surface__thumbnails { display: flex; gap: 4px; overflow-x: auto; scrollbar-width: thin; }
  .surface__thumbnails button { flex: none; width: 40px; height: 32px; padding: 0; border: 2px solid transparent; border-radius: 6px; overflow: hidden; background: var(--surface-sunken); cursor: pointer; }
  .surface__thumbnails button[aria-current="page"] { border-color: var(--accent); }
  .surface__thumbnails img, .surface__thumbnails canvas { display: block; width: 100%; height: 100%; object-fit: cover; }
  .surface__zoom button { min-width: 28px; }

  .collapse { display: flex; flex-direction: column; gap: 6px; flex: none; }
  .collapse--bordered { padding: 8px; border: 1px solid var(--line); border-radius: 10px; }
  .collapse__panel > summary { min-height: 30px; padding: 4px 8px; border-radius: 8px; background: var(--surface); font-size: 13px; font-weight: 600; cursor: pointer; }
  .collapse__body { padding: 8px; }
  .paged__bar { display: flex; align-items: center; gap: 8px; flex: none; font-size: 13px; font-variant-numeric: tabular-nums; }
  .paged__step { width: 32px; height: 32px; border: 1px solid var(--line-strong); border-radius: 8px; background: var(--surface); cursor: pointer; }
  .paged__step:disabled { opacity: 0.4; cursor: default; }
  .config { position: relative; }
  .relations { position: absolute; inset: 0; z-index: 1; width: 100%; height: 100%; overflow: hidden; pointer-events: none; }
  .relation path { fill: none; stroke-linecap: round; }
  .relation .relation__halo { stroke: var(--surface); stroke-width: 4; opacity: 0.75; }
  .relation .relation__line { stroke: var(--ink-muted); stroke-width: 1.75; }
  .relation .relation__head { fill: var(--ink-muted); }
  .relation text { font: 600 11px var(--font-ui); text-anchor: middle; fill: var(--ink); stroke: var(--surface); stroke-width: 3; paint-order: stroke; }
  .relation--bright .relation__line { stroke: var(--accent); stroke-width: 2.5; }
  .relation--bright .relation__head { fill: var(--accent); }

  @media (pointer: coarse) {
    .surface__thumbnails button { width: 52px; height: 44px; }
    .surface__adjust label, .surface__settings label, .surface__adjust button { min-height: 44px; }
  }
  @media (max-width: 700px) {
    .surface__minimap { display: none; }
    .surface__pages { inset-inline: 12px auto; transform: none; max-width: 50%; }
  }
`);
