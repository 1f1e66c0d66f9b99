// Questions to the reader's own server, and what to say when it does not answer.

const NO_ANSWER = "The reader did not answer. Is Seitenblick still running?";

// The answer to a request: its data, or the problem in words (null if there is none), and the HTTP status.
export async function ask(address, options) {
  const answer = await fetch(address, options).catch(() => null);
  const data = answer?.status === 204 ? {} : await answer?.json().catch(() => null);
  const problem = answer?.ok && data ? null : (data?.error?.message ?? NO_ANSWER);
  return { data, problem, status: answer?.status };
}

// Where saved words stand in a reading (docs/api.md, vocabulary), some sentences at a time, with the first of them.
export async function* savedWords(reading) {
  for (let from = 0; from !== null; ) {
    const { data, problem } = await ask(`/api/readings/${encodeURIComponent(reading)}/vocabulary?from=${from}`);
    if (problem) return;
    yield { from, ...data };
    from = data.next;
  }
}
