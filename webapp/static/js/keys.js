// Single-letter keys. They can be switched off (WCAG 2.1.4), and never act while somebody types.
// Other modules add theirs: onKey("e", (row) => ...), where row is the sentence that has the focus (or the link's
// target), or null; an action that returns false leaves the key to the browser. Each has its line in the help dialog.

const actions = new Map();

export function onKey(key, action) {
  actions.set(key, action);
}

// The box that switches the keys off, here and on every other page that has it.
export function shortcutsBox() {
  const box = document.getElementById("shortcuts");
  if (!box) return null;
  try {
    box.checked = localStorage.getItem("shortcuts") !== "off";
  } catch {
    // No storage: they are on.
  }
  box.addEventListener("change", () => {
    try {
      localStorage.setItem("shortcuts", box.checked ? "on" : "off");
    } catch {
      // Holds for this page only.
    }
  });
  return box;
}

export function useKeys(page) {
  const help = document.getElementById("help");
  const button = document.getElementById("help-button");
  const box = shortcutsBox();
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());

  const current = () => {
    const focused = document.activeElement?.closest?.(".segment");
    if (focused) return focused;
    return location.hash ? page.querySelector(`.segment${CSS.escape(location.hash).replace("\\#", "#")}`) : null;
  };
  const move = (step) => {
    const rows = [...page.querySelectorAll(".segment")];
    const here = current();
    const next = here ? rows[rows.indexOf(here) + step] : rows[step > 0 ? 0 : rows.length - 1];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
    history.replaceState(null, "", `#${next.id}`);
  };

  onKey("j", () => move(1));
  onKey("k", () => move(-1));
  onKey("t", () => document.getElementById("toggle-terms").click());
  onKey("?", () => help.showModal());

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || !box.checked) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
    const action = actions.get(event.key);
    if (action && action(current()) !== false) event.preventDefault();
  });
}
