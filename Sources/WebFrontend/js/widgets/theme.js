/** @typedef {"system" | "light" | "dark" | "contrast"} Theme */

const key = "postil.theme"; // theme-boot.js reads the same one

/** @returns {Theme} */
export function getTheme() {
  const theme = document.documentElement.dataset["theme"];
  return theme === "light" || theme === "dark" || theme === "contrast" ? theme : "system";
}

/** @param {Theme} theme */
export function setTheme(theme) {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  try {
    if (theme === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Without storage the choice lasts as long as this document.
  }
}
