// Click, tap or (with the arrow keys and Enter) choose a German word: a panel explains it, and its English lights up.

const WORD = /[\p{L}\p{M}\p{N}]+(?:[-’'·*:][\p{L}\p{M}\p{N}]+)*/gu;

export function useWords(page) {
  const panel = document.getElementById("word-panel");
  const body = document.getElementById("word-body");
  const announce = document.getElementById("announce");
  let origin = null;
  let chosen = null;
  let asked = 0;

  const highlight = (...ranges) => {
    if (!("highlights" in CSS)) return;
    if (ranges.length) CSS.highlights.set("word", new Highlight(...ranges));
    else CSS.highlights.delete("word");
  };

  const rangeOf = (element, start, end) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let passed = 0;
    let begun = false;
    while (walker.nextNode()) {
      const length = walker.currentNode.data.length;
      if (!begun && start < passed + length) {
        range.setStart(walker.currentNode, start - passed);
        begun = true;
      }
      if (begun && end <= passed + length) {
        range.setEnd(walker.currentNode, end - passed);
        return range;
      }
      passed += length;
    }
    return null;
  };

  // Python counts characters, JavaScript UTF-16 units: convert at the border.
  const toUnits = (text, count) => [...text].slice(0, count).join("").length;
  const toCharacters = (text, units) => [...text.slice(0, units)].length;

  const close = () => {
    asked += 1;
    panel.hidden = true;
    highlight();
    chosen = null;
    if (panel.contains(document.activeElement) || document.activeElement === document.body) origin?.focus({ preventScroll: true });
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
      const ranges = data.spans.map(([a, b]) => rangeOf(german, toUnits(german.textContent, a), toUnits(german.textContent, b)));
      for (const { start, end } of data.english) {
        ranges.push(rangeOf(english, toUnits(english.textContent, start), toUnits(english.textContent, end)));
      }
      highlight(...ranges.filter(Boolean));
    }
    origin = row;
    panel.hidden = false;
    if (byKeyboard) body.querySelector("#word-heading")?.focus({ preventScroll: true });
    else announce.textContent = body.querySelector("#word-heading")?.textContent ?? "";
  };

  const unitsAt = (german, x, y) => {
    const position = document.caretPositionFromPoint?.(x, y);
    const range = position ? null : document.caretRangeFromPoint?.(x, y);
    const node = position?.offsetNode ?? range?.startContainer;
    const offset = position?.offset ?? range?.startOffset;
    if (!node || !german.contains(node)) return null;
    const before = document.createRange();
    before.setStart(german, 0);
    before.setEnd(node, offset);
    return before.toString().length;
  };

  page.addEventListener("click", (event) => {
    const german = event.target.closest(".german");
    // A click made by the Enter key on a term has no detail: it goes to the term's card.
    if (!german || event.detail === 0 || !getSelection().isCollapsed) return;
    const units = unitsAt(german, event.clientX, event.clientY);
    if (units === null) return;
    const word = [...german.textContent.matchAll(WORD)].find((w) => w.index <= units && units <= w.index + w[0].length);
    if (!word) return;
    event.preventDefault();
    open(german, word.index, false);
  });

  const step = (row, direction) => {
    const german = row.querySelector(".german");
    const words = [...german.textContent.matchAll(WORD)];
    if (!words.length) return;
    const here = chosen?.row === row ? chosen.number : direction > 0 ? -1 : words.length;
    const number = Math.min(words.length - 1, Math.max(0, here + direction));
    chosen = { row, number, german, units: words[number].index };
    const range = rangeOf(german, words[number].index, words[number].index + words[number][0].length);
    if (range) highlight(range);
    announce.textContent = words[number][0];
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
