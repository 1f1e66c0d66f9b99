// The parts of a compound in the word panel: each opens the panel for itself, with a way back to the whole.
import { ask } from "./requests.js";

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
    const { data, problem } = await ask(part.dataset.address);
    if (!body.contains(part)) return; // another word was chosen meanwhile
    if (problem) {
      const note = document.createElement("p");
      note.className = "problem";
      note.setAttribute("role", "alert");
      note.textContent = problem;
      part.closest("ul").after(note);
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
