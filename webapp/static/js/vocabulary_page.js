// The pages of the vocabulary: statuses change at once, deleting asks before, and one box ticks all.
import { useStatusButtons } from "./status_buttons.js";

const list = document.querySelector(".vocabulary-list");
if (list) {
  useStatusButtons(list, "", (group) => {
    const row = group.closest("li");
    const chosen = row.querySelector(`select[name="status"]`);
    const pressed = group.querySelector('[aria-pressed="true"]');
    // Without an item any more: the row goes with it.
    if (group.dataset.item) chosen.value = pressed.dataset.status;
    else {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (next?.querySelector("button") ?? document.getElementById("q")).focus();
    }
  });
  list.addEventListener("submit", (event) => {
    if (event.submitter?.value === "delete" && !confirm("Remove this word from the vocabulary, with its reviews?")) event.preventDefault();
  });
}

const all = document.getElementById("pick-all");
if (all) {
  const boxes = [...document.querySelectorAll('input[name="pick"]')];
  all.parentElement.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
}
