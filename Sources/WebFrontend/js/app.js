/** Entry of app.html: the language first, then what speaks it. */
import { speakChosenLanguage } from "./i18n/languages.js";

await speakChosenLanguage();
await import("./app-start.js");
