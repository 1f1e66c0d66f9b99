// Follows the server's events (docs/api.md) and puts each sentence into its row.
import { ask } from "./requests.js";

export function follow(page) {
  const id = page.dataset.reading;
  const bar = document.getElementById("progress-bar");
  const label = document.getElementById("progress-text");
  const box = document.getElementById("progress");
  const announce = document.getElementById("announce");
  const problem = document.getElementById("stream-problem");
  const cancelForm = document.getElementById("cancel-form");
  const continueForm = document.getElementById("continue-form");
  const total = Number(page.dataset.total);
  let done = 0;
  let source = null;

  const show = (active) => {
    bar.value = done;
    label.textContent = `${done} of ${total} sentences in English`;
    box.hidden = done >= total;
    cancelForm.hidden = !active;
    continueForm.hidden = active;
  };

  const place = (event) => {
    const data = JSON.parse(event.data);
    const old = document.getElementById(data.id);
    if (old) {
      const template = document.createElement("template");
      template.innerHTML = data.html;
      const fresh = template.content.firstElementChild;
      const hadFocus = old === document.activeElement || old.contains(document.activeElement);
      // What somebody had opened stays open when the row comes again.
      for (const box of old.querySelectorAll("[id] details[open]")) {
        fresh.querySelector(`#${CSS.escape(box.closest("[id]").id)} details`)?.setAttribute("open", "");
      }
      old.replaceWith(fresh);
      fresh.classList.add("arrived");
      if (hadFocus) fresh.focus({ preventScroll: true });
      // Whoever decorates rows (known words, hidden English) hears of the new one here, with the segment as data.
      fresh.dispatchEvent(new CustomEvent("segment-arrived", { bubbles: true, detail: data }));
    }
    done = data.done;
    show(true);
  };

  const open = () => {
    problem.hidden = true;
    page.dataset.active = "yes";
    source?.close();
    // What the server drew already need not come again: start at the first row that still waits.
    const waiting = page.querySelector(".segment:has(.english.waiting)");
    done = waiting ? Number(waiting.dataset.index) : total;
    source = new EventSource(`/api/readings/${encodeURIComponent(id)}/stream?html=1&from=${done}`);
    source.addEventListener("segment", place);
    // A sentence in which the glossary's words were put in after it had been shown.
    source.addEventListener("revised", place);
    source.addEventListener("end", (event) => {
      source.close();
      source = null;
      page.dataset.active = "no";
      const end = JSON.parse(event.data);
      done = end.done;
      show(false);
      if (end.problem) {
        problem.textContent = end.problem;
        problem.hidden = false;
      }
      if (end.state === "done") announce.textContent = "The translation is complete.";
      if (end.state === "cancelled") announce.textContent = "The translation was stopped.";
    });
    show(true);
  };

  const send = async (action) => {
    const { problem: said } = await ask(`/api/readings/${encodeURIComponent(id)}/${action}`, { method: "POST" });
    if (!said) return true;
    problem.textContent = said;
    problem.hidden = false;
    return false;
  };

  cancelForm.addEventListener("submit", (event) => {
    event.preventDefault();
    send("cancel");
  });
  continueForm.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await send("translate")) open();
  });
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted && done < total) open();
  });

  done = Number(page.dataset.done);
  if (page.dataset.active === "yes") open();
}
