/** Styles of objects that play: sound, film, series of measurements. */
export const mediaStyles = new CSSStyleSheet();

mediaStyles.replaceSync(`
  .media { display: flex; flex-direction: column; gap: 8px; padding: 10px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface); flex: none; }
  .media__bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 10px; font-size: 13px; }
  .media__bar label { display: inline-flex; align-items: center; gap: 6px; color: var(--ink-muted); }
  .media__bar select.field-input { min-height: 30px; padding: 2px 6px; font-size: 13px; }
  .media__bar input[type="range"] { width: 90px; accent-color: var(--accent); min-height: 24px; }
  .media__play { width: 36px; height: 32px; padding: 0; border: 1px solid transparent; border-radius: 8px; background: var(--accent); color: var(--on-accent); font-size: 14px; cursor: pointer; }
  .media__play:hover { background: var(--accent-hover); }
  .media__time { font-variant-numeric: tabular-nums; min-width: 11em; }
  .media__spring { flex: 1; }
  .media__note { color: var(--ink-muted); font-size: 13px; }
  .media__note:empty { display: none; }
  .strip { position: relative; overflow: hidden; border-radius: 6px; background: var(--surface-sunken); touch-action: pan-y; user-select: none; -webkit-user-select: none; cursor: default; }
  .strip--marking { cursor: crosshair; }
  .strip canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; pointer-events: none; }
  .strip:focus-visible, .media:focus-visible { outline-offset: -2px; }
  .strip__playhead { position: absolute; inset-block: 0; width: 2px; margin-inline-start: -1px; background: var(--rubric); pointer-events: none; }
  .minimap { position: relative; height: 22px; border-radius: 6px; background: var(--surface-sunken); overflow: hidden; cursor: pointer; touch-action: none; }
  .minimap canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
  .minimap__window { position: absolute; inset-block: 0; border: 2px solid var(--accent); border-radius: 6px; background: color-mix(in srgb, var(--accent) 12%, transparent); pointer-events: none; min-width: 4px; }

  .video__frame { position: relative; background: #000; border-radius: 8px; overflow: hidden; display: grid; place-items: center; max-height: min(var(--video-height, 600px), max(240px, calc(100dvh - 340px))); touch-action: none; }
  .video__frame video { display: block; max-width: 100%; max-height: min(var(--video-height, 600px), max(240px, calc(100dvh - 340px))); width: 100%; }
  .video__frame canvas { position: absolute; pointer-events: none; }
  .video__buffering { position: absolute; inset-block-start: 10px; inset-inline-start: 10px; padding: 2px 10px; border-radius: 12px; background: #000c; color: #fff; font-size: 12px; }
  .timeline { position: relative; overflow: auto; max-height: 220px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface-sunken); touch-action: pan-y; user-select: none; -webkit-user-select: none; }
  .timeline__spacer { position: relative; }
  .timeline canvas { position: sticky; top: 0; left: 0; display: block; pointer-events: none; }
  .timeline--marking { cursor: crosshair; }

  .series__channel { position: relative; }
  .series__legend { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline; font-size: 12px; color: var(--ink-muted); }
  .series__legend b { color: var(--ink); font-weight: 650; }
  .series__key { display: inline-block; width: 14px; height: 3px; border-radius: 2px; background: var(--label-color); vertical-align: middle; margin-inline-end: 6px; }
  .series__plots { position: relative; display: flex; flex-direction: column; gap: 2px; touch-action: pan-y; user-select: none; -webkit-user-select: none; }
  .series__plots canvas { display: block; width: 100%; pointer-events: none; }
  .series__plots .series__regions { position: absolute; inset: 0; height: 100%; }
  .series__stack { pointer-events: none; }
  .strip .series__stack canvas { position: static; height: auto; }
  .series .strip > canvas:nth-of-type(1) { inset: auto 0 0 0; height: 18px; }
  .series .strip { padding-bottom: 20px; }
  .series__cursor { position: absolute; inset-block: 0; width: 1px; background: var(--rubric); pointer-events: none; }
  .series__readout { font-variant-numeric: tabular-nums; }
  @media (pointer: coarse) { .media__play { min-height: 44px; width: 48px; } }
`);
