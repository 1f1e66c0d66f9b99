// How hard a text is for this reader. The server analyses a long text in several requests.
import { ask } from "./requests.js";

const MOST_REQUESTS = 200;

export async function difficultyOf(reading) {
  for (let request = 0; request < MOST_REQUESTS; request += 1) {
    const { data, problem } = await ask(`/api/readings/${encodeURIComponent(reading)}/difficulty`);
    if (problem) return null;
    if (data.ready) return data;
  }
  return null;
}

// In the library: one reading after the other, and only those that somebody scrolls to.
export function useDifficulty(places) {
  const queue = [];
  let busy = false;
  const work = async () => {
    if (busy) return;
    busy = true;
    while (queue.length) {
      const place = queue.shift();
      const found = await difficultyOf(place.dataset.reading);
      if (found) place.textContent = `· ${found.label}: ${found.explanation}`;
    }
    busy = false;
  };
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      observer.unobserve(entry.target);
      queue.push(entry.target.querySelector(".hardness"));
    }
    work();
  });
  // Its line is observed, since an empty place has no size.
  for (const place of places) observer.observe(place.closest("li"));
}
