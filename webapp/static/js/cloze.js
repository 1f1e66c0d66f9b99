// Cloze: the glossary's terms of the German become blanks to be typed. The words stay in the page's text (hidden), so
// that characters keep their places; an input stands before each.
import { rangeOfSpan, toCharacters } from "./ranges.js";

const CLOSED = new Set(["right", "helped", "shown"]);
const SAID = {
  wrong: "not right yet",
  hinted: "first letter given",
  right: "right",
  helped: "right with help",
  shown: "answer shown",
};

// Texts are the same if they differ in case, umlauts spelled out, ß, blanks or kinds of hyphen only.
export function fold(text) {
  const spelled = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => spelled[letter])
    .replace(/[‐‑–—-]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
}

// changed() is called after every result. Where a sentence has no term, spansOf(row) may give the characters of words
// that shall be blanks.
export function useCloze(page, progress, changed, spansOf = () => []) {
  const results = progress.state.blanks;
  const announce = document.getElementById("announce");
  // What is typed and not yet checked, since a row may be replaced while somebody types.
  const drafts = new Map();
  let typing = null;
  // The blanks of the rows that have been decorated, for the score.
  const decorated = new WeakMap();

  const resultOf = (blank) => results[blank.index]?.[blank.place];

  // The blanks of a row: {index, number, place, answer, elements}.
  const blanksOf = (row) => {
    const german = row.querySelector(".german");
    const index = Number(row.dataset.index);
    const runs = [];
    for (const piece of german.querySelectorAll("a.term, .saved-word")) {
      const key = (piece.dataset.cards ?? "").split(" ")[0];
      const run = runs[runs.length - 1];
      const last = run?.elements[run.elements.length - 1];
      if (key && run?.key === key && last.nextSibling === piece) run.elements.push(piece);
      else runs.push({ key, elements: [piece] });
    }
    const starts = startsIn(german);
    return runs.map(({ elements }, number) => {
      const answer = elements.map((piece) => piece.textContent).join("");
      const start = toCharacters(german.textContent, starts.get(elements[0]));
      return { index, number, place: `${start}-${start + [...answer].length}`, answer, elements };
    });
  };

  // Where the pieces of a sentence begin. Counted, not asked of ranges: the browser would have to keep thousands of
  // those up to date with every blank that is put in.
  const startsIn = (german) => {
    const starts = new Map();
    const walker = document.createTreeWalker(german, NodeFilter.SHOW_TEXT);
    let passed = 0;
    while (walker.nextNode()) {
      const piece = walker.currentNode.parentElement;
      if (!starts.has(piece)) starts.set(piece, passed);
      passed += walker.currentNode.data.length;
    }
    return starts;
  };

  const line = (row) => {
    let found = row.querySelector(":scope > .cloze-line");
    if (found) return found;
    found = document.createElement("div");
    found.className = "cloze-line";
    const note = document.createElement("p");
    note.className = "cloze-note";
    const tools = document.createElement("div");
    tools.className = "cloze-tools";
    for (const [name, text] of [["check", "Check"], ["hint", "First letter"], ["show", "Show answer"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.dataset.cloze = name;
      button.textContent = text;
      tools.append(button);
    }
    found.append(note, tools);
    row.querySelector(".german").after(found);
    return found;
  };

  const clear = (row) => {
    row.querySelector(":scope > .cloze-line")?.remove();
    row.classList.remove("has-blanks");
    for (const input of row.querySelectorAll("input.blank")) input.remove();
    for (const piece of row.querySelectorAll(".german .blanked, .german .solved")) {
      piece.classList.remove("blanked", "solved", ...CLOSED);
      piece.removeAttribute("aria-hidden");
    }
    for (const word of row.querySelectorAll(".german .saved-word")) word.replaceWith(...word.childNodes);
    row.querySelector(".german").normalize();
  };

  const decorate = (row, wanted) => {
    const cleared = Boolean(row.querySelector(".german .blanked, .german .solved"));
    if (cleared) clear(row);
    if (wanted) fill(row);
    // Whoever holds places in the German has to look for them again.
    if (wanted || cleared) row.dispatchEvent(new CustomEvent("german-changed", { bubbles: true }));
  };

  const fill = (row) => {
    const german = row.querySelector(".german");
    if (!german.querySelector("a.term")) {
      for (const span of spansOf(row)) {
        const word = document.createElement("span");
        word.className = "saved-word";
        rangeOfSpan(german, span)?.surroundContents(word);
      }
    }
    const blanks = blanksOf(row);
    decorated.set(row, blanks);
    for (const blank of blanks) {
      const result = resultOf(blank);
      for (const piece of blank.elements) {
        piece.classList.add(...(CLOSED.has(result) ? ["solved", result] : ["blanked"]));
        // Screen readers do not learn from the style sheet what it hides in rows out of sight.
        if (!CLOSED.has(result)) piece.setAttribute("aria-hidden", "true");
      }
      if (!CLOSED.has(result)) blank.elements[0].before(field(blank, blanks.length));
    }
    const open = blanks.some((blank) => !CLOSED.has(resultOf(blank)));
    row.classList.toggle("has-blanks", open);
    row.querySelector(":scope > .terms")?.setAttribute("aria-hidden", String(open));
    note(row, blanks);
  };

  const field = (blank, count) => {
    const input = document.createElement("input");
    input.type = "text";
    input.className = "blank";
    input.size = Math.min(16, Math.max(4, Math.round(0.8 * blank.answer.length)));
    input.autocomplete = "off";
    input.autocapitalize = "off";
    input.spellcheck = false;
    input.enterKeyHint = "done";
    input.dataset.place = blank.place;
    const result = resultOf(blank);
    const of = count > 1 ? `Blank ${blank.number + 1} of ${count}` : "Blank";
    input.setAttribute("aria-label", `${of} in sentence ${blank.index + 1}${result ? `, ${SAID[result]}` : ""}`);
    if (result === "wrong") input.setAttribute("aria-invalid", "true");
    input.value = drafts.get(`${blank.index} ${blank.place}`) ?? "";
    // Its label is English, what belongs into it German.
    input.lang = "de";
    return input;
  };

  // In words below the sentence: how its blanks fared, with the buttons while one is being filled in.
  const note = (row, blanks) => {
    const told = blanks.filter(resultOf).map((blank) => `${blanks.length > 1 ? `Blank ${blank.number + 1}: ` : ""}${SAID[resultOf(blank)]}`);
    const text = told.join(" · ");
    const active = typing?.index === Number(row.dataset.index) && row.classList.contains("has-blanks");
    if (!text && !active) return row.querySelector(":scope > .cloze-line")?.remove();
    const box = line(row);
    box.querySelector(".cloze-note").textContent = text.charAt(0).toUpperCase() + text.slice(1);
    box.querySelector(".cloze-tools").hidden = !active;
  };

  const settle = (row, blank, result) => {
    (results[blank.index] ??= {})[blank.place] = result;
    progress.change({ mode: "cloze", blanks: { [blank.index]: { [blank.place]: result } } });
    progress.reached(blank.index);
    const closed = CLOSED.has(result);
    if (closed) drafts.delete(`${blank.index} ${blank.place}`);
    decorate(row, true);
    const next = closed ? (row.querySelector("input.blank") ?? following(row)) : inputAt(row, blank.place);
    (next ?? row).focus();
    changed();
  };
  const inputAt = (row, place) => row.querySelector(`input.blank[data-place="${place}"]`);
  const following = (row) => {
    const open = [...page.querySelectorAll("input.blank")];
    return open.find((input) => row.compareDocumentPosition(input) & Node.DOCUMENT_POSITION_FOLLOWING);
  };

  const say = (words, answer) => {
    announce.textContent = words;
    if (!answer) return;
    const german = document.createElement("span");
    german.lang = "de";
    german.textContent = answer;
    announce.append(" ", german);
  };

  const actions = {
    check(row, blank, input) {
      if (!input.value.trim()) return say("Type the missing German first.");
      const right = fold(input.value) === fold(blank.answer);
      const first = !resultOf(blank);
      settle(row, blank, right ? (first ? "right" : "helped") : "wrong");
      // What was wrong is typed over.
      if (!right) inputAt(row, blank.place).select();
      if (right) say(first ? "Right:" : "Right with help:", blank.answer);
      else say("Not right yet. Try again, or ask for the first letter or the answer.");
    },
    hint(row, blank) {
      const letter = [...blank.answer][0];
      drafts.set(`${blank.index} ${blank.place}`, letter);
      settle(row, blank, "hinted");
      const input = inputAt(row, blank.place);
      input.setSelectionRange(letter.length, letter.length);
      say("It begins with", letter);
    },
    show(row, blank) {
      settle(row, blank, "shown");
      say("The answer is", blank.answer);
    },
  };

  const act = (name, row) => {
    const blank = blanksOf(row).find(({ place }) => place === typing?.place);
    const input = blank && inputAt(row, blank.place);
    if (input) actions[name](row, blank, input);
  };

  page.addEventListener("focusin", (event) => {
    const input = event.target.closest("input.blank");
    if (!input) return;
    const row = input.closest(".segment");
    const before = typing && page.querySelector(`.segment[data-index="${typing.index}"]`);
    typing = { index: Number(row.dataset.index), place: input.dataset.place };
    if (before && before !== row) note(before, blanksOf(before));
    note(row, blanksOf(row));
  });
  page.addEventListener("input", (event) => {
    if (event.target.matches("input.blank") && typing) drafts.set(`${typing.index} ${typing.place}`, event.target.value);
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input.blank")) return;
    event.preventDefault();
    act("check", event.target.closest(".segment"));
  });
  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-cloze]");
    if (button) act(button.dataset.cloze, button.closest(".segment"));
  });
  page.addEventListener("segment-arrived", (event) => {
    // The row was replaced while somebody typed in it: stream.js gave the new one the focus, the blank shall have it.
    const row = event.target;
    if (document.activeElement !== row || typing?.index !== Number(row.dataset.index)) return;
    queueMicrotask(() => inputAt(row, typing.place)?.focus({ preventScroll: true }));
  });

  return {
    decorate,
    score() {
      const blanks = [...page.querySelectorAll(".segment")].flatMap((row) => decorated.get(row) ?? []);
      const counts = { right: 0, helped: 0, shown: 0 };
      for (const blank of blanks) if (resultOf(blank) in counts) counts[resultOf(blank)] += 1;
      if (!blanks.length) return "This text has no terms and no saved words to leave blank.";
      const done = counts.right + counts.helped + counts.shown;
      const so = done ? ` ${counts.right} right at once, ${counts.helped} right with help, ${counts.shown} shown.` : "";
      return `${done} of ${blanks.length} blanks filled in.${so}`;
    },
    restart() {
      const gone = Object.fromEntries(
        Object.entries(results).map(([index, places]) => [index, Object.fromEntries(Object.keys(places).map((place) => [place, null]))]),
      );
      for (const index of Object.keys(results)) delete results[index];
      drafts.clear();
      typing = null;
      progress.change({ mode: "cloze", blanks: gone });
      for (const row of page.querySelectorAll(".segment")) decorate(row, true);
      announce.textContent = "All blanks are open again.";
      changed();
    },
  };
}
