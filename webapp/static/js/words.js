// Click, tap or (with the arrow keys and Enter) choose a German word: a panel explains it, and its English lights up.

import { highlight, isShown, rangeOf, rangeOfSpan, toCharacters, unitsAt, wordAt, wordsOf } from "./ranges.js";

export function useWords(page) {
  const panel = document.getElementById("word-panel");
  const body = document.getElementById("word-body");
  const announce = document.getElementById("announce");
  let origin = null;
  let chosen = null;
  let asked = 0;

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
    const answer = await fetch(address).catch(() => null);
    if (ticket !== asked) return;
    const data = answer && (await answer.json().catch(() => null));
    if (ticket !== asked) return;
    if (answer?.status === 404) return;
    if (!answer?.ok || !data) {
      body.textContent = data?.error?.message ?? "The reader did not answer. Is Seitenblick still running?";
    } else {
      body.innerHTML = data.html;
      const english = row.querySelector(".english");
      mark(
        ...data.spans.map((span) => rangeOfSpan(german, span)),
        ...data.english.map(({ start, end }) => rangeOfSpan(english, [start, end])),
      );
    }
    origin = row.id;
    panel.hidden = false;
    if (byKeyboard) body.querySelector("#word-heading")?.focus({ preventScroll: true });
    else announce.textContent = body.querySelector("#word-heading")?.textContent ?? "";
  };

  page.addEventListener("click", (event) => {
    const german = event.target.closest(".german");
    // A click made by the Enter key on a term has no detail: it goes to the term's card.
    if (!german || event.detail === 0 || !getSelection().isCollapsed) return;
    const units = unitsAt(german, event.clientX, event.clientY);
    if (units === null) return;
    const word = wordAt(german, units);
    if (!word) return;
    event.preventDefault();
    open(german, word.start, false);
  });

  const step = (row, direction) => {
    const german = row.querySelector(".german");
    const words = wordsOf(german.textContent);
    const seen = (word) => isShown(rangeOf(german, word.start, word.end));
    let number = chosen?.row === row ? chosen.number : direction > 0 ? -1 : words.length;
    // Words that study mode hides are passed over: neither marked nor read out.
    do number += direction;
    while (words[number] && !seen(words[number]));
    const word = words[number];
    if (!word) return;
    chosen = { row, number, german, units: word.start };
    mark(rangeOf(german, word.start, word.end));
    announce.textContent = word.text;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !panel.hidden) return close();
    const row = document.activeElement?.matches?.(".segment") ? document.activeElement : null;
    if (!row) return;
    if (event.key === "ArrowRight") step(row, 1);
    else if (event.key === "ArrowLeft") step(row, -1);
    else if (event.key === "Enter" && chosen?.row === row) open(chosen.german, chosen.units, true);
    else return;
    event.preventDefault();
  });
  panel.querySelector(".close").addEventListener("click", close);
}
