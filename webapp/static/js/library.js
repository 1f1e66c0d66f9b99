// The form for a new text: drop a file anywhere, tell too large ones before they are sent, ask before deleting.
import { useDifficulty } from "./difficulty.js";

const form = document.getElementById("new-form");
const file = document.getElementById("file");
const text = document.getElementById("text");

function complain(message) {
  let note = document.getElementById("problem");
  if (!note) {
    note = document.createElement("p");
    note.id = "problem";
    note.className = "problem";
    note.setAttribute("role", "alert");
    form.before(note);
  }
  note.textContent = message;
}

addEventListener("dragover", (event) => {
  if ([...event.dataTransfer.types].includes("Files")) {
    event.preventDefault();
    document.body.classList.add("dropping");
  }
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dropping");
});
addEventListener("drop", (event) => {
  document.body.classList.remove("dropping");
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  file.files = event.dataTransfer.files;
  form.requestSubmit();
});
form.addEventListener("submit", (event) => {
  const limit = Number(form.dataset.maxBytes);
  const size = file.files.length ? file.files[0].size / 4 : new Blob([text.value]).size;
  if (size > limit) {
    event.preventDefault();
    complain(`That is too large: this reader takes texts of up to ${limit / 1e6} MB. Split the text into parts.`);
  }
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
for (const button of document.querySelectorAll("form.delete")) {
  button.addEventListener("submit", (event) => {
    if (!confirm("Delete this reading from the library?")) event.preventDefault();
  });
}
useDifficulty(document.querySelectorAll(".hardness"));
