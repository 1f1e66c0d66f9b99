// Remembers on the server where somebody is in a reading (docs/api.md, Progress). Changes are gathered and sent one
// request after the other; what could not be sent goes with the next change.

import { firstInSight, topEdge } from "./rows.js";

const GATHER_MS = 300;
// A sentence counts as read when the page has stood still on it for a while, not when it was scrolled past.
const READ_MS = 1500;

export function useProgress(page) {
  const state = JSON.parse(page.dataset.progress);
  const address = `/api/readings/${encodeURIComponent(page.dataset.reading)}/progress`;
  const queue = [];
  let sending = false;
  let timer = 0;

  const merge = (older, newer) => {
    const reveal = new Set([...(older.reveal ?? []), ...(newer.reveal ?? [])]);
    const hide = new Set([...(older.hide ?? []), ...(newer.hide ?? [])]);
    for (const index of newer.reveal ?? []) hide.delete(index);
    for (const index of newer.hide ?? []) reveal.delete(index);
    const blanks = { ...older.blanks };
    for (const [index, places] of Object.entries(newer.blanks ?? {})) blanks[index] = { ...blanks[index], ...places };
    return { ...older, ...newer, reveal: [...reveal], hide: [...hide], blanks };
  };

  const patch = (change, keepalive) =>
    fetch(address, {
      method: "PATCH",
      body: JSON.stringify(change),
      headers: { "Content-Type": "application/json" },
      keepalive,
    }).catch(() => null);

  const send = async () => {
    if (sending) return;
    sending = true;
    while (queue.length) {
      const next = queue.shift();
      if (await patch(next, false)) continue;
      queue.unshift(next);
      break;
    }
    sending = false;
  };

  const change = (what) => {
    const last = queue[queue.length - 1];
    // What is revealed belongs to a mode: changes of another mode are sent by themselves.
    const apart = last?.mode && what.mode && last.mode !== what.mode && (last.reveal?.length || last.hide?.length);
    if (last && !apart) queue[queue.length - 1] = merge(last, what);
    else queue.push(what);
    clearTimeout(timer);
    timer = setTimeout(send, GATHER_MS);
  };

  // A sentence that somebody chose (focus, a click, reading aloud) stays the last one while it is in sight.
  let chosen = null;
  const reached = (index, byChoice = true) => {
    if (byChoice) chosen = index;
    if (state.last === index) return;
    state.last = index;
    change({ last: index });
  };

  // The sentence where the reader is after scrolling: the chosen one if it is in sight, else the first in sight, and
  // the last one at the end of the text.
  const here = () => {
    const edge = topEdge();
    const inSight = (row) => {
      const box = row.getBoundingClientRect();
      return box.bottom > edge && box.top < innerHeight;
    };
    const rows = page.querySelectorAll(".segment");
    const marked = chosen === null ? null : rows[chosen];
    if (marked && inSight(marked)) return marked;
    const last = rows[rows.length - 1];
    if (last && last.getBoundingClientRect().bottom <= innerHeight) return last;
    const first = rows[firstInSight(rows)];
    return first && inSight(first) ? first : null;
  };

  let settled = 0;
  addEventListener(
    "scroll",
    () => {
      clearTimeout(settled);
      settled = setTimeout(() => {
        const row = here();
        if (row) reached(Number(row.dataset.index), false);
      }, READ_MS);
    },
    { passive: true },
  );
  page.addEventListener("focusin", (event) => {
    const row = event.target.closest(".segment");
    if (row) reached(Number(row.dataset.index));
  });
  addEventListener("pagehide", () => {
    for (const left of queue.splice(0)) patch(left, true);
  });

  return { state, change, reached };
}
