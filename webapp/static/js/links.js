// Word links: the words that correspond to the one under the pointer, or to the one chosen with the keys, are marked on
// the other side. The links come with rows that arrive; those of other rows are fetched when they are first needed.
import { highlight, isShown, rangeOfSpan, rangeOf, toCharacters, unitsAt, wordAt } from "./ranges.js";
import { ask } from "./requests.js";

// The pointer must rest this long, so that crossing the page fetches nothing.
const REST_MS = 60;

export function useLinks(page) {
  const box = document.getElementById("links-on");
  const announce = document.getElementById("announce");
  const known = new WeakMap();
  let resting = 0;
  let asked = 0;

  const clear = () => {
    clearTimeout(resting);
    asked += 1;
    highlight("links", []);
  };

  const linksOf = async (row) => {
    const address = `/api/readings/${encodeURIComponent(page.dataset.reading)}/segments/${row.dataset.index}/links`;
    const { data, problem } = await ask(address);
    if (problem) return null;
    known.set(row, data);
    return data;
  };

  const show = (row, element, word, { links, german, english }) => {
    const sides = { german: row.querySelector(".german"), english: row.querySelector(".english") };
    // Another version may have come meanwhile: no marks are better than wrong ones.
    if (sides.german.textContent !== german || sides.english.textContent !== english) return [];
    const [own, other] = element === sides.german ? ["source", "target"] : ["target", "source"];
    const text = element.textContent;
    const [start, end] = [toCharacters(text, word.start), toCharacters(text, word.end)];
    const spans = links.filter((link) => link[own][0] < end && start < link[own][1]).map((link) => link[other]);
    const ranges = spans.map((span) => rangeOfSpan(own === "source" ? sides.english : sides.german, span));
    const found = ranges.filter((range) => range && isShown(range));
    highlight("links", found.length ? [rangeOf(element, word.start, word.end), ...found] : []);
    return found.map(String);
  };

  // Marks what corresponds to a word; then(words) is called with it.
  const follow = async (element, word, then = () => {}) => {
    clear();
    const row = element.closest(".segment");
    const ticket = asked;
    const data = known.get(row) ?? (await linksOf(row));
    if (ticket === asked && data && row.isConnected) then(show(row, element, word, data));
  };

  const at = (event) => {
    const element = event.target.closest?.(".german, .english");
    const units = element?.closest(".segment") ? unitsAt(element, event.clientX, event.clientY) : null;
    const word = units === null ? null : wordAt(element, units);
    return word ? { element, word } : null;
  };

  page.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || !box.checked) return;
    clearTimeout(resting);
    resting = setTimeout(() => {
      const place = at(event);
      if (place) follow(place.element, place.word);
      else clear();
    }, REST_MS);
  });
  page.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") clear();
  });
  // Without a hovering pointer: a tap on an English word marks its German.
  page.addEventListener("click", (event) => {
    if (!box.checked || event.detail === 0) return;
    const place = event.target.closest(".english") && at(event);
    if (place) follow(place.element, place.word);
    else if (event.pointerType === "touch") clear();
  });
  // words.js tells which word the arrow keys have come to.
  page.addEventListener("word-chosen", (event) => {
    if (!box.checked) return;
    const { element, word } = event.detail;
    follow(element, word, (words) => {
      if (!words.length || announce.textContent !== word.text) return;
      const other = document.createElement("span");
      other.lang = element.lang === "de" ? "en" : "de";
      other.textContent = words.join(" ");
      announce.append(" – ", other);
    });
  });
  page.addEventListener("segment-arrived", (event) => {
    const { german, english, links } = event.detail;
    known.set(event.target, { german, english, links });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });

  try {
    box.checked = localStorage.getItem("word-links") !== "off";
  } catch {
    // No storage: they are on.
  }
  box.addEventListener("change", () => {
    clear();
    try {
      localStorage.setItem("word-links", box.checked ? "on" : "off");
    } catch {
      // Holds for this page only.
    }
  });
}
