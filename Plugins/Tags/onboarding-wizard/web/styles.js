/** Styles of both panels; a frame has no styles of the app. */
const styles = `
  :root { --ink: #1f2328; --muted: #5a5f66; --line: #e3ded4; --strong: #8a8376; --surface: #fff; --soft: #e6ecf8; --accent: #2f5bb7; --on-accent: #fff; --good: #1e6b3c; --good-soft: #e3f3e8; --bad: #7d5200; --bad-soft: #fdf1d7; }
  :root.dark { --ink: #e9e7e2; --muted: #a8adb6; --line: #30343c; --strong: #767d8a; --surface: #1d2025; --soft: #232f47; --accent: #8fb1f5; --on-accent: #10203f; --good: #7fcb98; --good-soft: #1a3021; --bad: #e9b95c; --bad-soft: #362b14; }
  body { color: var(--ink); background: var(--surface); }
  *, *::before { box-sizing: border-box; }
  p, ol, ul, h2, h3 { margin: 0; padding: 0; }
  .wizard { display: grid; gap: 12px; padding: 4px 2px 6px; max-width: 720px; }
  .wizard h2 { font-size: 15px; line-height: 1.3; }
  .muted { color: var(--muted); }
  .small { font-size: 12px; }
  .bar { height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; }
  .bar div { height: 100%; border-radius: 3px; background: var(--good); }
  .steps { display: grid; gap: 2px; list-style: none; }
  .step { display: grid; grid-template-columns: 22px 1fr auto; align-items: center; gap: 8px; width: 100%; min-height: 32px; padding: 4px 8px; border: 0; border-radius: 8px; background: transparent; color: inherit; font: inherit; text-align: start; cursor: pointer; }
  .step:hover { background: var(--soft); }
  .step[aria-current] { background: var(--soft); font-weight: 600; }
  .mark { display: grid; place-items: center; width: 20px; height: 20px; border: 1.5px solid var(--strong); border-radius: 50%; font-size: 11px; font-weight: 700; }
  .mark--passed { border-color: var(--good); background: var(--good); color: var(--surface); }
  .mark--tried { border-color: var(--bad); color: var(--bad); }
  .text { display: grid; gap: 8px; }
  .row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
  .button { min-height: 32px; padding: 0 12px; border: 1px solid var(--strong); border-radius: 8px; background: var(--surface); color: var(--ink); font: 600 13px/1.2 system-ui, sans-serif; cursor: pointer; }
  .button--main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
  .verdict { display: grid; gap: 6px; padding: 10px 12px; border-radius: 8px; background: var(--bad-soft); }
  .verdict strong { color: var(--bad); }
  .verdict--passed { background: var(--good-soft); }
  .verdict--passed strong { color: var(--good); }
  .verdict ul { padding-inline-start: 18px; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

/** @param {"light" | "dark"} theme */
export function dress(theme) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  document.documentElement.classList.toggle("dark", theme !== "light");
}
