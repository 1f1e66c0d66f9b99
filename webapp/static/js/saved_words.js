// Where the words that somebody is learning stand in a reading (docs/api.md, vocabulary).

// Map of sentence index to character spans of the German, ascending and apart from each other.
export async function savedSpans(reading) {
  const address = `/api/readings/${encodeURIComponent(reading)}/vocabulary`;
  const found = new Map();
  for (let from = 0; from !== null; ) {
    const answer = await fetch(`${address}?from=${from}`).catch(() => null);
    const data = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!data) return found;
    for (const segment of data.segments) {
      const spans = [...(segment.new ?? []), ...(segment.learning ?? [])].sort((one, other) => one[0] - other[0]);
      found.set(segment.index, spans.filter(([start], place) => place === 0 || start >= spans[place - 1][1]));
    }
    from = data.next;
  }
  return found;
}
