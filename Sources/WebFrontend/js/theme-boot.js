// Applies the remembered theme before the first paint. A module would run after it and flash,
// so this is the one classic script; it leaves no global behind.
(() => {
  try {
    const theme = localStorage.getItem("postil.theme");
    if (theme === "light" || theme === "dark" || theme === "contrast") {
      document.documentElement.dataset.theme = theme;
    }
    if (localStorage.getItem("postil.label-initials") === "on") {
      document.documentElement.dataset.labelInitials = "";
    }
  } catch {
    // Storage may be switched off; the system's theme applies then.
  }
})();
