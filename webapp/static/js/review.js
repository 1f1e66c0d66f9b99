// The review without a mouse: space or Enter shows the answer, 1 to 4 rate it, u takes the last rating back.
// Everything is a plain form; this only saves round trips and puts the focus where reading goes on.
import { shortcutsBox } from "./keys.js";

const question = document.getElementById("question");
const reveal = document.getElementById("reveal");
const answered = document.getElementById("answered");
const answer = document.getElementById("answer");
const undo = document.getElementById("undo");
const box = shortcutsBox();

const shown = () => Boolean(answered) && !answered.hidden;

function show() {
  answered.hidden = false;
  reveal.hidden = true;
  answer.focus({ preventScroll: true });
  // On a phone the ratings must come into view; the question stays if there is room for both.
  answered.scrollIntoView({ block: "nearest" });
}

if (question) {
  (shown() ? answer : question).focus({ preventScroll: true });
  reveal.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  // One answer for a double click; coming back by the browser's button it may be given anew.
  let sent = false;
  addEventListener("pageshow", () => {
    sent = false;
  });
  document.querySelector(".ratings").addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  question.addEventListener("click", () => {
    // Who marks words in the sentence does not want the answer yet.
    if (!shown() && getSelection().isCollapsed) show();
  });
} else {
  document.getElementById("end-heading").focus({ preventScroll: true });
}

if (box) document.getElementById("keys-hint").hidden = false;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || (box && !box.checked)) return;
  const inControl = event.target.closest("a, button, input, summary, select, textarea");
  if (event.key === " " || event.key === "Enter") {
    // On a button or a link these keys belong to it.
    if (inControl || !question || shown()) return;
    show();
  } else if ("1234".includes(event.key) && shown()) {
    document.querySelector(`.rating[value="${event.key}"]`).click();
  } else if (event.key === "u" && undo) {
    undo.requestSubmit();
  } else {
    return;
  }
  event.preventDefault();
});
