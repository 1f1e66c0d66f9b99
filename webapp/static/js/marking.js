// Marks the counterpart of what is hovered or focused: a sentence's row, a term on both sides and in the margin.

export function markCounterparts(page) {
  let marked = [];

  const clear = () => {
    for (const element of marked) element.classList.remove("marked", "same-term");
    marked = [];
  };
  const add = (element, name) => {
    element.classList.add(name);
    marked.push(element);
  };

  const mark = (target) => {
    clear();
    const row = target.closest?.(".segment");
    if (!row) return;
    add(row, "marked");
    const term = target.closest("[data-term]");
    if (!term) return;
    for (const other of page.querySelectorAll(`[data-term="${CSS.escape(term.dataset.term)}"]`)) {
      add(other, row.contains(other) ? "marked" : "same-term");
    }
    for (const id of (term.dataset.cards ?? "").split(" ")) {
      const card = id && document.getElementById(id);
      if (card) add(card, "marked");
    }
  };

  page.addEventListener("pointerover", (event) => mark(event.target));
  page.addEventListener("pointerleave", clear);
  page.addEventListener("focusin", (event) => mark(event.target));
  page.addEventListener("focusout", clear);
  // Following a term to its card opens the card.
  page.addEventListener("click", (event) => {
    const term = event.target.closest("a.term");
    const card = term && document.getElementById(term.hash.slice(1));
    card?.querySelector("details")?.setAttribute("open", "");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
}
