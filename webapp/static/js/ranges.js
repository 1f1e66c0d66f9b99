// Places in a sentence: from characters (as the server counts) to UTF-16 units (as JavaScript counts) to ranges of
// the page, and back; and highlights on ranges, which leave the page's elements alone.

const WORD = /[\p{L}\p{M}\p{N}]+(?:[-’'·*:][\p{L}\p{M}\p{N}]+)*/gu;

// The words of a text: [{text, start, end}], in units.
export function wordsOf(text) {
  return [...text.matchAll(WORD)].map((found) => ({ text: found[0], start: found.index, end: found.index + found[0].length }));
}

// The word of an element's text at or right before a unit, or undefined.
export function wordAt(element, units) {
  return wordsOf(element.textContent).find((word) => word.start <= units && units <= word.end);
}

// Python counts characters, JavaScript UTF-16 units: convert at the border.
export function toUnits(text, characters) {
  return [...text].slice(0, characters).join("").length;
}

export function toCharacters(text, units) {
  return [...text.slice(0, units)].length;
}

// The range of an element's text from one unit to another, or null where the text is shorter.
export function rangeOf(element, start, end) {
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
}

// The same for a span in characters, as the server gives it.
export function rangeOfSpan(element, [start, end]) {
  const text = element.textContent;
  return rangeOf(element, toUnits(text, start), toUnits(text, end));
}

// The unit of an element's text that lies at a point of the window, or null.
export function unitsAt(element, x, y) {
  const position = document.caretPositionFromPoint?.(x, y);
  const range = position ? null : document.caretRangeFromPoint?.(x, y);
  const node = position?.offsetNode ?? range?.startContainer;
  const offset = position?.offset ?? range?.startOffset;
  if (node?.nodeType !== Node.TEXT_NODE || !element.contains(node)) return null;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

// Whether a reader sees the text of a range: not where study mode hides it.
export function isShown(range) {
  return range.startContainer.parentElement.checkVisibility({ visibilityProperty: true });
}

// The character spans of a data attribute: "0-3 8-11".
export function spansOf(text) {
  return text ? text.split(" ").map((span) => span.split("-").map(Number)) : [];
}

// Mark ranges by the name that a style sheet gives colours to (::highlight(name)); none takes the mark away.
export function highlight(name, ranges) {
  if (!("highlights" in CSS)) return;
  const real = ranges.filter(Boolean);
  if (real.length) CSS.highlights.set(name, new Highlight(...real));
  else CSS.highlights.delete(name);
}

// The same, but for what study mode hides.
export function highlightShown(name, ranges) {
  highlight(name, ranges.filter((range) => range && isShown(range)));
}
