// A sentence looked at closely: the button beside its number (or the key e) opens a panel below its row.
import { onKey } from "./keys.js";
import { highlight, highlightShown, rangeOfSpan, spansOf } from "./ranges.js";
import { ask } from "./requests.js";

function useSentence(page) {
  const panel = document.createElement("section");
  panel.id = "sentence-panel";
  panel.className = "sentence-panel";
  panel.setAttribute("aria-labelledby", "sentence-heading");
  const wordPanel = document.getElementById("word-panel");
  const help = document.getElementById("help");
  const announce = document.getElementById("announce");
  let opened = null; // id of the row
  let asked = 0;
  let hadFocus = false;

  const rowOf = () => opened && document.getElementById(opened);
  const buttonOf = (row) => row?.querySelector(".look");
  const expanded = (row, is) => {
    const button = buttonOf(row);
    if (!button) return;
    button.setAttribute("aria-expanded", String(is));
    if (is) button.setAttribute("aria-controls", panel.id);
    else button.removeAttribute("aria-controls");
  };

  const get = async (row, what) => {
    const address = `/api/readings/${encodeURIComponent(page.dataset.reading)}/segments/${row.dataset.index}/${what}?html=1`;
    const { data, problem } = await ask(address);
    return problem ? { problem } : data;
  };
  const complaint = (message) => {
    const note = document.createElement("p");
    note.className = "problem";
    note.textContent = message;
    return note;
  };

  const close = () => {
    const row = rowOf();
    const focusBack = panel.contains(document.activeElement);
    asked += 1;
    opened = null;
    hadFocus = false;
    panel.remove();
    panel.replaceChildren();
    highlight("sentence", []);
    expanded(row, false);
    if (focusBack) buttonOf(row)?.focus({ preventScroll: true });
  };

  // Fill the panel anew, as the sentence now stands; what stood there stays until the answer comes.
  const fill = async (row, focus, fresh) => {
    const ticket = ++asked;
    const data = await get(row, "sentence");
    if (ticket !== asked) return;
    if (data.problem) panel.replaceChildren(complaint(data.problem));
    else panel.innerHTML = data.html;
    if (focus) panel.querySelector("#sentence-heading")?.focus({ preventScroll: true });
    if (fresh) panel.scrollIntoView({ block: "nearest" });
    const box = panel.querySelector("#sentence-versions");
    if (!box) return;
    if (data.english) {
      const versions = await get(row, "alternatives");
      if (ticket !== asked) return;
      if (versions.problem) box.replaceChildren(complaint(versions.problem));
      else box.innerHTML = versions.html;
      announce.textContent = versions.problem ?? "Other translations are there.";
    }
    box.removeAttribute("aria-busy");
  };

  const open = (row) => {
    if (opened) close();
    opened = row.id;
    panel.replaceChildren();
    row.append(panel);
    expanded(row, true);
    fill(row, true, true);
  };
  const toggle = (row) => (opened === row.id ? close() : open(row));

  // The words that a pair, note or warning speaks of light up in the row.
  const mark = (element) => {
    const row = rowOf();
    const german = row?.querySelector(".german");
    const english = row?.querySelector(".english");
    const ranges = element && german ? spansOf(element.dataset.spans).map((span) => rangeOfSpan(german, span)) : [];
    if (element?.dataset.english && english) ranges.push(...spansOf(element.dataset.english).map((span) => rangeOfSpan(english, span)));
    highlightShown("sentence", ranges);
  };
  const markFocused = () => mark(document.activeElement?.closest?.("#sentence-panel [data-spans]"));
  panel.addEventListener("pointerover", (event) => mark(event.target.closest("[data-spans]")));
  panel.addEventListener("pointerleave", markFocused);
  panel.addEventListener("focusin", (event) => mark(event.target.closest("[data-spans]")));
  panel.addEventListener("focusout", () => mark(null));

  page.addEventListener("click", (event) => {
    const button = event.target.closest(".look");
    if (button) toggle(button.closest(".segment"));
    else if (event.target.closest("#sentence-panel .close")) close();
    else mark(event.target.closest("#sentence-panel [data-spans]") ?? null);
  });
  onKey("e", (row) => {
    if (!row) return false;
    toggle(row);
  });
  // Before the word panel's own listener, so that one press closes one panel.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !opened || !wordPanel.hidden || help.open) return;
      close();
    },
    true,
  );

  document.addEventListener("focusin", (event) => {
    // A row that comes again takes the focus that the panel had: remember that until the panel is back.
    if (panel.isConnected) hadFocus = panel.contains(event.target);
  });
  const arm = (row) => {
    const button = buttonOf(row);
    if (button) button.hidden = false;
  };
  page.addEventListener("segment-arrived", (event) => {
    const row = event.target;
    arm(row);
    if (row.id !== opened) return;
    row.append(panel);
    expanded(row, true);
    highlight("sentence", []);
    fill(row, hadFocus && document.activeElement === row, false);
  });
  for (const row of page.querySelectorAll(".segment")) arm(row);
}

useSentence(document.querySelector("main.reading"));
