// Reading aloud with the browser's own German voice, sentence by sentence. Only voices of this computer are used:
// others would send the text away.
import { onKey } from "./keys.js";

export function useAloud(page, progress) {
  const speech = window.speechSynthesis;
  const listen = document.getElementById("listen");
  const player = document.getElementById("player");
  const play = document.getElementById("player-play");
  const speed = document.getElementById("player-speed");
  const help = document.getElementById("aloud-help");
  const problem = document.getElementById("stream-problem");
  let voice = null;
  let index = null;
  let speaking = false;
  // Each utterance has its number: what an older one still reports does not count.
  let turn = 0;

  const rowAt = (number) => page.querySelector(`.segment[data-index="${number}"]`);
  // What is hidden for listening practice is read, what is asked as a blank is not: there is a pause instead.
  const sentence = (row) => {
    const german = row.querySelector(".german").cloneNode(true);
    for (const blank of german.querySelectorAll(".blanked")) blank.replaceWith(" … ");
    return german.textContent.replace(/(…|\s)+/g, (gap) => (gap.includes("…") ? " … " : " ")).trim();
  };

  const mark = () => {
    for (const row of page.querySelectorAll(".segment.speaking")) {
      row.classList.remove("speaking");
      row.removeAttribute("aria-current");
    }
    if (index === null) return;
    rowAt(index)?.classList.add("speaking");
    rowAt(index)?.setAttribute("aria-current", "true");
  };

  const show = () => {
    player.hidden = index === null;
    play.textContent = speaking ? "Pause" : "Play";
    listen.setAttribute("aria-pressed", String(index !== null));
    document.body.classList.toggle("with-player", index !== null);
    mark();
  };

  const silence = () => {
    turn += 1;
    speaking = false;
    speech.cancel();
  };

  const speak = (number) => {
    silence();
    const row = rowAt(number);
    if (!row) return end();
    index = number;
    speaking = true;
    progress.reached(number);
    show();
    row.scrollIntoView({ block: "center" });
    const mine = turn;
    const words = new SpeechSynthesisUtterance(sentence(row));
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = Number(speed.value);
    words.addEventListener("end", () => mine === turn && speak(number + 1));
    words.addEventListener("error", (event) => {
      if (mine !== turn) return;
      speaking = false;
      problem.textContent = `The voice “${voice.name}” could not read this sentence (${event.error}). Press Play to try again.`;
      problem.hidden = false;
      show();
    });
    speech.speak(words);
  };

  // Pausing stops the sentence and playing begins it again: not every system can stop inside one.
  const pause = () => {
    silence();
    show();
  };

  const end = () => {
    silence();
    const focused = player.contains(document.activeElement);
    index = null;
    show();
    if (focused) listen.focus();
  };

  // Where reading begins: at the sentence in focus, else at the first one on the screen.
  const begin = () => {
    const focused = document.activeElement?.closest?.(".segment");
    const visible = [...page.querySelectorAll(".segment")].find((row) => row.getBoundingClientRect().top >= 0);
    return Number((focused ?? visible ?? page.querySelector(".segment")).dataset.index);
  };

  const toggle = () => {
    if (!voice) return false;
    if (speaking) pause();
    else speak(index ?? begin());
    return true;
  };

  const step = (by) => {
    const last = page.querySelectorAll(".segment").length - 1;
    const number = Math.min(last, Math.max(0, index + by));
    if (speaking) return speak(number);
    index = number;
    show();
    rowAt(number).scrollIntoView({ block: "center" });
  };

  const findVoice = () => {
    const german = (speech?.getVoices() ?? []).filter((each) => each.localService && /^de([-_]|$)/i.test(each.lang));
    voice = german.find((each) => each.default) ?? german.find((each) => /^de[-_]DE/i.test(each.lang)) ?? german[0] ?? null;
    listen.hidden = !voice;
    help.textContent = voice
      ? `Reading aloud uses the voice “${voice.name}” of this computer.`
      : "Reading aloud is not offered: your browser has no German voice on this computer. One that is installed in the " +
        "system’s speech settings is found when this page is loaded again. Voices that need the network are not used, since no text leaves the computer.";
  };

  findVoice();
  if (!speech) return;
  speech.addEventListener?.("voiceschanged", findVoice);
  listen.addEventListener("click", () => (index === null ? toggle() : end()));
  play.addEventListener("click", toggle);
  speed.addEventListener("change", () => {
    if (speaking) speak(index);
    try {
      localStorage.setItem("speed", speed.value);
    } catch {
      // Holds for this page only.
    }
  });
  document.getElementById("player-previous").addEventListener("click", () => step(-1));
  document.getElementById("player-next").addEventListener("click", () => step(1));
  document.getElementById("player-close").addEventListener("click", end);
  onKey("p", toggle);
  page.addEventListener("segment-arrived", (event) => {
    if (index !== null && Number(event.target.dataset.index) === index) mark();
  });
  addEventListener("pagehide", silence);
  try {
    const stored = localStorage.getItem("speed");
    if ([...speed.options].some((option) => option.value === stored)) speed.value = stored;
  } catch {
    // No storage: normal speed.
  }
}
