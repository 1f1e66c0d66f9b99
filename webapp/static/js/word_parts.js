// The parts of a compound in the word panel: each opens the panel for itself, with a way back to the whole.

export function useWordParts(body) {
  let earlier = []; // what the panel showed before, each with the part that was chosen there

  const back = () => {
    const { nodes, chosen } = earlier.pop();
    body.replaceChildren(...nodes);
    chosen.focus();
  };

  const backButton = (name) => {
    const button = document.createElement("button");
    const word = document.createElement("span");
    button.type = "button";
    button.className = "word-back quiet";
    word.lang = "de";
    word.textContent = name;
    button.append("← ", word);
    button.addEventListener("click", back);
    return button;
  };

  body.addEventListener("click", async (event) => {
    const part = event.target.closest("button.part");
    if (!part) return;
    // Another word has been shown since: its way back is another.
    if (!body.querySelector(".word-back")) earlier = [];
    const answer = await fetch(part.dataset.address).catch(() => null);
    const data = answer && (await answer.json().catch(() => null));
    if (!body.contains(part)) return; // another word was chosen meanwhile
    if (!answer?.ok || !data) {
      const problem = document.createElement("p");
      problem.className = "problem";
      problem.setAttribute("role", "alert");
      problem.textContent = data?.error?.message ?? "The reader did not answer. Is Seitenblick still running?";
      part.closest("ul").after(problem);
      return;
    }
    const name = body.querySelector("#word-heading").textContent;
    earlier.push({ nodes: [...body.childNodes], chosen: part });
    body.innerHTML = data.html;
    body.prepend(backButton(name));
    body.querySelector("#word-heading").focus({ preventScroll: true });
    body.closest(".word-panel").scrollTop = 0;
  });
}
