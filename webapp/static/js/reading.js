// The reading page: grows as the English arrives, marks counterparts, moves by keys.
import { follow } from "./stream.js";
import { markCounterparts } from "./marking.js";
import { useKeys } from "./keys.js";
import { useWords } from "./words.js";
import { useProgress } from "./progress.js";
import { useStudyMode } from "./study_mode.js";
import { useLinks } from "./links.js";
import { useAloud } from "./aloud.js";
import { useWordParts } from "./word_parts.js";
import { useWarnings } from "./warnings.js";
import { useMenus } from "./menus.js";

const page = document.querySelector("main.reading");
markCounterparts(page);
useKeys(page);
useMenus();
useWords(page);
useWordParts(document.getElementById("word-body"));
const progress = useProgress(page);
useStudyMode(page, progress);
useLinks(page);
useAloud(page, progress);
useWarnings(page);
follow(page);

const terms = document.getElementById("toggle-terms");
terms.addEventListener("change", () => page.classList.toggle("without-terms", !terms.checked));
