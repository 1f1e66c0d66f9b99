// The rows of a reading on the screen.

// The lower edge of what stays above the text.
export function topEdge() {
  return Math.max(0, document.querySelector("header.site")?.getBoundingClientRect().bottom ?? 0);
}

// The place in a list of rows of the first that begins in sight or below; the last one's if none does. Asks few rows
// where they are, since a long text has thousands.
export function firstInSight(rows) {
  const edge = topEdge();
  let [low, high] = [0, rows.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].getBoundingClientRect().top < edge) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low);
}
