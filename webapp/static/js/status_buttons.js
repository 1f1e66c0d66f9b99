// The buttons New, Learning, Known and Remove, wherever they stand: they save what their data-* names.
import { ask } from "./requests.js";

async function send(method, address, body) {
  const options = { method };
  if (body) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const { data, problem } = await ask(address, options);
  if (problem) throw new Error(problem);
  return data;
}

// Let a group of buttons show a status, and what is saved under it; null for both if nothing is.
export function showStatus(group, status, item) {
  for (const button of group.querySelectorAll("[data-status]")) {
    button.setAttribute("aria-pressed", String(button.dataset.status === status));
  }
  if (item) group.dataset.item = item;
  else delete group.dataset.item;
  group.querySelector(".forget").hidden = !item;
}

// Listen in `place`; `reading` is needed where what is not saved yet can be saved; `changed` is called after changes.
export function useStatusButtons(place, reading, changed) {
  place.addEventListener("click", async (event) => {
    const button = event.target.closest(".study-status button");
    if (!button) return;
    const group = button.closest(".study-status");
    const said = group.querySelector(".study-said");
    const { item, segment, at, part, phrase, term } = group.dataset;
    const forget = button.classList.contains("forget");
    if (!forget && button.getAttribute("aria-pressed") === "true") return;
    said.classList.remove("bad");
    try {
      if (forget) {
        await send("DELETE", `/api/study/items/${item}`);
        // The button that was pressed goes: the keyboard stays in the group.
        group.querySelector("[data-status]").focus();
        showStatus(group, null, null);
        said.textContent = "Removed.";
      } else if (item) {
        const saved = await send("PATCH", `/api/study/items/${item}`, { status: button.dataset.status });
        showStatus(group, saved.status, saved.id);
        said.textContent = "Changed.";
      } else {
        const what = term ? { term } : { at: Number(at), ...(part ? { part: Number(part) } : {}), ...(phrase ? { phrase: true } : {}) };
        const saved = await send("POST", "/api/study/items", {
          reading,
          segment: Number(segment),
          status: button.dataset.status,
          ...what,
        });
        showStatus(group, saved.status, saved.id);
        said.textContent = saved.outcome === "there" ? "Changed." : "Saved with this sentence.";
      }
    } catch (problem) {
      said.classList.add("bad");
      said.textContent = problem.message;
      return;
    }
    changed?.(group);
  });
}
