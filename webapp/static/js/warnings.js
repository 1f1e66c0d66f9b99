// Marks the words that a warning is about, on both sides, while the pointer or the focus is on it.
import { highlight, highlightShown, rangeOfSpan, spansOf } from "./ranges.js";

export function useWarnings(page) {
  const mark = (target) => {
    const box = target.closest?.(".warnings");
    if (!box) return highlight("warning", []);
    const row = box.closest(".segment");
    const one = target.closest(".warnings li");
    const ranges = (one ? [one] : [...box.querySelectorAll("li")]).flatMap(({ dataset }) => [
      ...spansOf(dataset.source).map((span) => rangeOfSpan(row.querySelector(".german"), span)),
      ...spansOf(dataset.target).map((span) => rangeOfSpan(row.querySelector(".english"), span)),
    ]);
    highlightShown("warning", ranges);
  };
  const clear = () => highlight("warning", []);

  page.addEventListener("pointerover", (event) => mark(event.target));
  page.addEventListener("pointerleave", clear);
  page.addEventListener("focusin", (event) => mark(event.target));
  page.addEventListener("focusout", clear);
  page.addEventListener("segment-arrived", clear);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
}
