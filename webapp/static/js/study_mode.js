// Study mode: one language hidden and revealed sentence by sentence, or the terms as blanks (cloze.js).
// What is hidden keeps its space and is hidden from screen readers, too: see study_mode.css. A choice of mode is one
// attribute of the page, which the style sheet follows at once; the rows' buttons and blanks come slice by slice.
import { onKey } from "./keys.js";
import { useCloze } from "./cloze.js";
import { firstInSight } from "./rows.js";
import { savedSpans } from "./saved_words.js";

const HIDDEN = { "hide-english": "English", "hide-german": "German" };
// What screen readers pass over, with what the style sheet hides.
const UNSPOKEN = { "hide-english": ".version, .terms", "hide-german": ".german, .terms, .warnings", cloze: ".terms" };
// So many rows from the first in sight are decorated at once, the others in slices of so long, with time for the
// reader's own doings in between.
const AT_ONCE = 60;
const ABOVE = 10;
const SLICE_MS = 15;

export function useStudyMode(page, progress) {
  const menu = document.getElementById("study-menu");
  const bar = document.getElementById("study-bar");
  const advice = document.getElementById("study-advice");
  const all = document.getElementById("study-all");
  const announce = document.getElementById("announce");
  const radios = [...menu.querySelectorAll('input[name="study-mode"]')];
  const revealed = Object.fromEntries(
    Object.keys(HIDDEN).map((name) => [name, new Set(progress.state.revealed[name] ?? [])]),
  );
  const rows = () => [...page.querySelectorAll(".segment")];
  // Where a sentence has no term, the words that are being learned become blanks.
  let saved = null;
  const cloze = useCloze(page, progress, () => showBar(), (row) => saved?.get(Number(row.dataset.index)) ?? []);
  const loadSaved = async () => {
    saved = new Map();
    saved = await savedSpans(page.dataset.reading);
    if (mode !== "cloze" || !saved.size) return;
    decorateAll(rows().filter((row) => !row.querySelector(".german a.term")));
  };
  let mode = progress.state.mode;

  const side = (row) => row.querySelector(mode === "hide-english" ? ".english" : ".german");
  const isRevealed = (row) => revealed[mode].has(Number(row.dataset.index));
  // Nothing is hidden where there is no English yet, or none at all.
  const canHide = (row) => mode in HIDDEN && !(mode === "hide-english" && row.querySelector(".english.waiting, .english.failed"));

  const turner = (kind, text, row, rest = "") => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = kind;
    const number = document.createElement("span");
    number.className = "visually-hidden";
    number.textContent = `${rest} of sentence ${Number(row.dataset.index) + 1}`;
    button.append(text, number);
    return button;
  };

  // Said to screen readers in so many words: in rows out of sight, whose style no browser looks at, they would be told
  // what the style sheet hides.
  const veil = (row, selector) => {
    for (const part of row.querySelectorAll(":scope > :is(.german, .version, .terms), .warnings")) {
      if (selector && part.matches(selector)) part.setAttribute("aria-hidden", "true");
      else part.removeAttribute("aria-hidden");
    }
  };

  const decorate = (row) => {
    for (const button of row.querySelectorAll(":scope > .reveal, .conceal")) button.remove();
    const hide = canHide(row) && !isRevealed(row);
    row.classList.toggle("concealed", hide);
    if (hide) row.querySelector(".german").after(turner("reveal quiet", `Show the ${HIDDEN[mode]}`, row));
    // Where there is no key to hide a sentence again: a small button below its number.
    else if (canHide(row)) row.querySelector(".gutter").append(turner("conceal", "Hide", row, ` the ${HIDDEN[mode]}`));
    cloze.decorate(row, mode === "cloze");
    veil(row, hide ? UNSPOKEN[mode] : row.matches(".has-blanks") ? UNSPOKEN.cloze : null);
    row.dataset.studied = mode;
  };

  // The rows that are still to be decorated, in this order.
  let waiting = new Set();
  let sliceIsDue = 0;
  const work = (most, milliseconds) => {
    const ends = performance.now() + milliseconds;
    for (const row of waiting) {
      waiting.delete(row);
      if (row.isConnected) decorate(row);
      most -= 1;
      if (!most || performance.now() > ends) break;
    }
    sliceIsDue = waiting.size ? setTimeout(work, 0, Infinity, SLICE_MS) : 0;
    if (!waiting.size) {
      page.removeAttribute("data-studying");
      showBar();
    }
  };
  const decorateAll = (which) => {
    const first = which.length > AT_ONCE ? Math.max(0, firstInSight(which) - ABOVE) : 0;
    waiting = new Set([...which.slice(first), ...which.slice(0, first).reverse(), ...waiting]);
    page.dataset.studying = "";
    clearTimeout(sliceIsDue);
    work(AT_ONCE, Infinity);
  };

  const say = (row, shown) => {
    const words = `${HIDDEN[mode]} of sentence ${Number(row.dataset.index) + 1}`;
    announce.textContent = shown ? `${words}: ` : `${words} hidden.`;
    if (!shown) return;
    const text = document.createElement("span");
    text.lang = mode === "hide-english" ? "en" : "de";
    text.textContent = side(row).textContent;
    announce.append(text);
  };

  const turn = (row) => {
    if (!row || !canHide(row)) return false;
    const index = Number(row.dataset.index);
    const shown = !isRevealed(row);
    const hadFocus = row.contains(document.activeElement);
    if (shown) revealed[mode].add(index);
    else revealed[mode].delete(index);
    progress.change(shown ? { mode, reveal: [index] } : { mode, hide: [index] });
    progress.reached(index);
    decorate(row);
    if (hadFocus) row.focus({ preventScroll: true });
    say(row, shown);
    showBar();
    return true;
  };

  const turnAll = () => {
    if (!(mode in HIDDEN)) return false;
    const hideable = rows().filter(canHide);
    const shown = !hideable.every(isRevealed);
    const indexes = hideable.map((row) => Number(row.dataset.index));
    for (const index of indexes) shown ? revealed[mode].add(index) : revealed[mode].delete(index);
    progress.change(shown ? { mode, reveal: indexes } : { mode, hide: indexes });
    decorateAll(hideable);
    announce.textContent = `${HIDDEN[mode]} of all sentences ${shown ? "shown" : "hidden"}.`;
    showBar();
    return true;
  };

  let barIsDue = 0;
  const showBar = () => {
    clearTimeout(barIsDue);
    barIsDue = 0;
    bar.hidden = mode === "both";
    if (mode in HIDDEN) {
      const hideable = rows().filter(canHide);
      all.textContent = hideable.length && hideable.every(isRevealed) ? "Hide all" : "Show all";
      advice.textContent = `The ${HIDDEN[mode]} is hidden: click or tap a gap, or press r on a sentence, to see it.`;
    } else if (mode === "cloze") {
      all.textContent = "Begin anew";
      advice.textContent = cloze.score();
    }
  };

  const choose = (chosen) => {
    mode = chosen;
    for (const radio of radios) radio.checked = radio.value === mode;
    page.dataset.study = mode;
    decorateAll(rows());
    showBar();
    if (mode === "cloze" && !saved) loadSaved();
  };

  page.addEventListener("click", (event) => {
    const button = event.target.closest(".reveal, .conceal");
    if (button) turn(button.closest(".segment"));
  });
  page.addEventListener("segment-arrived", (event) => {
    if (mode === "both") return;
    decorate(event.target);
    // Once for many rows: a long text arrives row by row.
    barIsDue ||= setTimeout(showBar, 200);
  });
  for (const radio of radios) {
    radio.addEventListener("change", () => {
      choose(radio.value);
      progress.change({ mode });
      announce.textContent = bar.hidden ? "Both languages are shown." : advice.textContent;
    });
  }
  all.addEventListener("click", () => (mode === "cloze" ? cloze.restart() : turnAll()));
  onKey("r", turn);
  onKey("R", turnAll);
  document.addEventListener("keydown", (event) => {
    const row = document.activeElement;
    if (event.key !== " " || event.ctrlKey || event.metaKey || event.altKey || !row?.matches(".segment")) return;
    if (turn(row)) event.preventDefault();
  });

  // A link to a sentence says itself where to go on.
  const resume = document.getElementById("resume");
  if (location.hash && resume) resume.hidden = true;
  menu.hidden = false;
  if (mode !== "both") choose(mode);
}
