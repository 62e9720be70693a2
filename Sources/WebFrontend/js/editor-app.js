/** Entry of editor.html: the language first, then what speaks it. */
import { speakChosenLanguage } from "./i18n/languages.js";

await speakChosenLanguage();
await import("./editor-start.js");
