// Where the words that somebody is learning stand in a reading (docs/api.md, vocabulary).
import { savedWords } from "./requests.js";

// Map of sentence index to character spans of the German, ascending and apart from each other.
export async function savedSpans(reading) {
  const found = new Map();
  for await (const { segments } of savedWords(reading)) {
    for (const segment of segments) {
      const spans = [...(segment.new ?? []), ...(segment.learning ?? [])].sort((one, other) => one[0] - other[0]);
      found.set(segment.index, spans.filter(([start], place) => place === 0 || start >= spans[place - 1][1]));
    }
  }
  return found;
}
