// Click, tap, press or (with the arrow keys and Enter) choose a German word: a panel explains it, and its English lights up.

import { ask } from "./requests.js";
import { highlight, isShown, rangeOf, rangeOfSpan, toCharacters, unitsAt, wordAt, wordsOf } from "./ranges.js";

const LONG_PRESS_MS = 500;
// A finger is never quite still: within this distance it is a press, beyond it the page is scrolled.
const STILL_PX = 10;

export function useWords(page) {
  const panel = document.getElementById("word-panel");
  const body = document.getElementById("word-body");
  const announce = document.getElementById("announce");
  let origin = null;
  let chosen = null;
  let asked = 0;
  let press = null;

  const mark = (...ranges) => highlight("word", ranges);

  const close = () => {
    asked += 1;
    panel.hidden = true;
    mark();
    chosen = null;
    if (panel.contains(document.activeElement) || document.activeElement === document.body) document.getElementById(origin)?.focus({ preventScroll: true });
    origin = null;
  };

  const open = async (german, units, byKeyboard) => {
    const row = german.closest(".segment");
    const ticket = ++asked;
    const at = toCharacters(german.textContent, units);
    const address = `/api/readings/${encodeURIComponent(page.dataset.reading)}/segments/${row.dataset.index}/word?html=1&at=${at}`;
    const { data, problem, status } = await ask(address);
    if (ticket !== asked || status === 404) return;
    if (problem) {
      body.textContent = problem;
    } else {
      body.innerHTML = data.html;
      const english = row.querySelector(".english");
      mark(
        ...(data.phrase ?? data).spans.map((span) => rangeOfSpan(german, span)),
        ...(data.phrase?.here ?? data.english).map(({ start, end }) => rangeOfSpan(english, [start, end])),
      );
    }
    origin = row.id;
    panel.hidden = false;
    if (byKeyboard) body.querySelector("#word-heading")?.focus({ preventScroll: true });
    else announce.textContent = body.querySelector("#word-heading")?.textContent ?? "";
  };

  const wordUnder = (event) => {
    const german = event.target.closest(".german");
    const units = german && unitsAt(german, event.clientX, event.clientY);
    const word = units === null ? null : wordAt(german, units);
    return word ? { german, units: word.start } : null;
  };

  page.addEventListener("click", (event) => {
    // A click made by the Enter key on a term has no detail: it goes to the term's card.
    if (event.detail === 0) return;
    if (press?.explained) return event.preventDefault();
    if (!getSelection().isCollapsed) return;
    const place = wordUnder(event);
    if (!place) return;
    event.preventDefault();
    open(place.german, place.units, false);
  });

  // A long press explains a word, too. The system may select the word meanwhile, as it does everywhere; only the menu
  // that it offers for links is kept away from terms, since it would cover the panel.
  const explain = () => {
    clearTimeout(press.timer);
    press.explained = true;
    open(press.place.german, press.place.units, false);
  };
  page.addEventListener("pointerdown", (event) => {
    clearTimeout(press?.timer);
    press = null;
    const place = event.pointerType === "touch" && event.isPrimary && wordUnder(event);
    if (place) press = { place, x: event.clientX, y: event.clientY, explained: false, timer: setTimeout(explain, LONG_PRESS_MS) };
  });
  page.addEventListener("pointermove", (event) => {
    if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) > STILL_PX) clearTimeout(press.timer);
  });
  for (const name of ["pointerup", "pointercancel"]) page.addEventListener(name, () => clearTimeout(press?.timer));
  page.addEventListener("contextmenu", (event) => {
    if (!press) return;
    if (!press.explained) explain();
    if (event.target.closest(".german a.term")) event.preventDefault();
  });

  const step = (row, direction, element) => {
    if (!element) return;
    const words = wordsOf(element.textContent);
    const seen = (word) => isShown(rangeOf(element, word.start, word.end));
    let number = chosen?.element === element ? chosen.number : direction > 0 ? -1 : words.length;
    // Words that study mode hides are passed over: neither marked nor read out.
    do number += direction;
    while (words[number] && !seen(words[number]));
    const word = words[number];
    if (!word) return;
    chosen = { number, element, units: word.start };
    mark(rangeOf(element, word.start, word.end));
    announce.textContent = word.text;
    row.dispatchEvent(new CustomEvent("word-chosen", { bubbles: true, detail: { element, word } }));
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !panel.hidden) return close();
    const row = document.activeElement?.matches?.(".segment") ? document.activeElement : null;
    if (!row) return;
    const element = row.querySelector(event.shiftKey ? ".english" : ".german");
    if (event.key === "ArrowRight") step(row, 1, element);
    else if (event.key === "ArrowLeft") step(row, -1, element);
    else if (event.key === "Enter" && chosen?.element === row.querySelector(".german")) open(chosen.element, chosen.units, true);
    else return;
    event.preventDefault();
  });
  panel.querySelector(".close").addEventListener("click", close);
}
