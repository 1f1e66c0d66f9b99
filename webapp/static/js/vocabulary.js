// Saved words: their buttons in the word panel and on terms' cards, their marks in the text, and how hard the text is.
import { onKey } from "./keys.js";
import { highlight, rangeOfSpan } from "./ranges.js";
import { savedWords } from "./requests.js";
import { difficultyOf } from "./difficulty.js";
import { showStatus, useStatusButtons } from "./status_buttons.js";

const STATUSES = ["new", "learning", "known"];
const REST_MS = 1500; // while the English still arrives: it goes first

function storedOff() {
  try {
    return localStorage.getItem("vocabulary") === "off";
  } catch {
    return false; // no storage: they are shown
  }
}

// The pieces of a range: a term's link that lies in it as the element, for a highlight would paint the link's own line
// in the colour of the text; all other text as a range.
function piecesOf(range) {
  const pieces = [];
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType !== Node.TEXT_NODE || !range.intersectsNode(node)) continue;
    const startOffset = node === range.startContainer ? range.startOffset : 0;
    const endOffset = node === range.endContainer ? range.endOffset : node.data.length;
    const link = node.parentElement.closest("a.term");
    if (link && link.textContent === node.data.slice(startOffset, endOffset)) pieces.push({ link });
    // Static: the browser would have to keep thousands of live ones up to date with every row that arrives.
    else if (startOffset < endOffset) {
      pieces.push({ range: new StaticRange({ startContainer: node, startOffset, endContainer: node, endOffset }) });
    }
  }
  return pieces;
}

// The marks of a reading's saved words, by sentence; rows may be replaced at any time.
function useMarks(page) {
  const legend = document.getElementById("study-legend");
  const box = document.getElementById("toggle-vocabulary");
  const choice = box.closest("label");
  const spans = new Map(); // index of the sentence: {new, learning, known}, each a list of spans
  const pieces = new Map(); // index of the sentence: [{status, range or link}]
  let terms = {}; // {item, status} of the saved terms, by id
  let shown = !storedOff();
  box.checked = shown;
  let asked = 0;
  let waiting = 0;

  const paint = () => {
    waiting = 0;
    const all = [...pieces.values()].flat();
    for (const status of STATUSES) {
      const found = all.filter((one) => one.status === status && one.range);
      highlight(`study-${status}`, shown ? found.map((one) => one.range) : []);
    }
    for (const { status, link } of all) {
      if (link && shown) link.dataset.study = status;
      else if (link) delete link.dataset.study;
    }
    legend.hidden = !shown || !all.length;
  };
  const paintSoon = () => {
    waiting ||= setTimeout(paint, 50);
  };
  const find = (index) => {
    const german = page.querySelector(`.segment[data-index="${index}"] .german`);
    const all = german ? Object.entries(spans.get(index) ?? {}) : [];
    for (const { link } of pieces.get(index) ?? []) delete link?.dataset.study;
    const found = all.flatMap(([status, list]) =>
      list
        .map((span) => rangeOfSpan(german, span))
        .flatMap((range) => (range ? piecesOf(range) : []))
        .map((piece) => ({ status, ...piece })),
    );
    pieces.set(index, found);
  };

  // The buttons of a term show what is saved, wherever it was saved.
  const showTerm = (buttons) => {
    const saved = terms[buttons.dataset.term];
    showStatus(buttons, saved?.status ?? null, saved?.item ?? null);
  };

  const load = async () => {
    const ticket = ++asked;
    for await (const data of savedWords(page.dataset.reading)) {
      if (ticket !== asked) return;
      terms = data.terms;
      for (const buttons of page.querySelectorAll(".study-status[data-term]")) showTerm(buttons);
      choice.hidden = data.saved === 0;
      const end = data.next ?? Infinity;
      for (const index of [...spans.keys()].filter((index) => index >= data.from && index < end)) {
        spans.delete(index);
        find(index);
      }
      for (const { index, ...marks } of data.segments) {
        spans.set(index, marks);
        find(index);
      }
      paint();
    }
  };

  page.addEventListener("segment-arrived", (event) => {
    const index = Number(event.target.dataset.index);
    if (!spans.has(index)) return;
    find(index);
    paintSoon();
  });
  // Study mode makes blanks of words and takes them back: their places are other ones then.
  page.addEventListener("german-changed", (event) => {
    const index = Number(event.target.dataset.index);
    if (!spans.has(index)) return;
    find(index);
    paintSoon();
  });
  box.addEventListener("change", () => {
    shown = box.checked;
    try {
      localStorage.setItem("vocabulary", shown ? "on" : "off");
    } catch {
      // Holds for this page only.
    }
    paint();
  });
  return { load, showTerm };
}

// A term's card gets its buttons when it is opened, so that closed ones cost nothing.
function useTermCards(page, marks) {
  const template = document.getElementById("study-term");
  const equip = (details) => {
    const card = details.closest(".card");
    if (!card || details.querySelector(".study-status")) return;
    const fresh = template.content.cloneNode(true);
    const buttons = fresh.querySelector(".study-status");
    buttons.dataset.term = card.dataset.term;
    buttons.dataset.segment = card.closest(".segment").dataset.index;
    marks.showTerm(buttons);
    details.append(fresh);
  };
  page.addEventListener("toggle", (event) => event.target.open && equip(event.target), true);
  page.addEventListener("segment-arrived", (event) => {
    for (const details of event.target.querySelectorAll(".card details[open]")) equip(details);
  });
}

async function showDifficulty(page) {
  const place = document.getElementById("study-hard");
  if (!place) return; // the text is not German
  const found = await difficultyOf(page.dataset.reading);
  if (!found) return;
  place.textContent = `${found.label[0].toUpperCase()}${found.label.slice(1)}: ${found.explanation}.`;
  place.hidden = false;
}

const page = document.querySelector("main.reading");
const marks = useMarks(page);
const panel = document.getElementById("word-panel");
useTermCards(page, marks);
// One after the other: both would have the same sentences analysed.
const refresh = () => marks.load().then(() => showDifficulty(page));
useStatusButtons(page, page.dataset.reading, refresh);
for (const [number, status] of STATUSES.entries()) {
  onKey(String(number + 1), () => {
    const button = panel.hidden ? null : panel.querySelector(`.study-status [data-status="${status}"]`);
    button?.click();
    return Boolean(button);
  });
}
setTimeout(refresh, page.dataset.active === "yes" ? REST_MS : 0);
