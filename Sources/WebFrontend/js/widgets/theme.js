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

const initialsKey = "postil.label-initials"; // theme-boot.js reads the same one

/** Whether labels show their initial on their color, for whom colors are not enough. */
export const hasLabelInitials = () => "labelInitials" in document.documentElement.dataset;

/** @param {boolean} isOn */
export function setLabelInitials(isOn) {
  if (isOn) document.documentElement.dataset["labelInitials"] = "";
  else delete document.documentElement.dataset["labelInitials"];
  try {
    localStorage.setItem(initialsKey, isOn ? "on" : "off");
  } catch {
    // Without storage the choice lasts as long as this document.
  }
}
