/** Styles of a scan. What shows slices is black in every theme, as on a light box that is off. */
export const styles = `
  .scan { display: flex; flex-direction: column; gap: 8px; flex: 1 1 auto; }
  .scan__bar { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; font-size: 12px; }
  .scan__field { display: flex; align-items: center; gap: 6px; color: var(--ink-muted); }
  .scan__field input[type="range"] { width: 140px; min-height: 24px; margin: 0; accent-color: var(--accent); }
  .scan__field input[type="number"], .scan__bar select, .scan__bar button { min-height: 28px; padding: 0 8px; border: 1px solid var(--line-strong); border-radius: 6px; background: var(--surface); color: var(--ink); font-size: 12px; }
  .scan__field input[type="number"] { width: 76px; font-variant-numeric: tabular-nums; }
  .scan__field output { min-width: 4.5em; font-variant-numeric: tabular-nums; }
  .scan__bar button { font-weight: 600; cursor: pointer; }
  .scan__bar button:hover { background: var(--surface-hover); }
  .scan__bar button[aria-pressed="true"] { border-color: var(--accent); background: var(--accent-soft); color: var(--accent-text); }
  .scan__words { margin-inline-start: auto; color: var(--ink-muted); }
  .scan__image { display: flex; flex-direction: column; flex: 1 1 0; min-height: 320px; }
  .scan__image > .surface { flex: 1 1 0; min-height: 0; background: #000; }
  .scan__empty { padding: 24px; color: var(--ink-muted); text-align: center; border: 1px dashed var(--line-strong); border-radius: 10px; }
  @media (pointer: coarse) { .scan__bar button, .scan__bar select, .scan__field input[type="number"] { min-height: 44px; } }
`;
