// What can be answered now, there to tap: buttons, bands in their order, numbers. What is tapped is sent as if typed.
import { $, make, say, swatch } from "./words.js";

const MOST_REPS = 30;
const PER_LIST = 8; // bands that are told in one breath

let onChoice = () => {};
export const onAnswer = (done) => { onChoice = done; };

let shown = "";
let ladder = [];
let bands = [];

const button = ({ label, says, look }) => {
  const made = make("button", { type: "button", className: look, textContent: label });
  made.dataset.says = says;
  return made;
};

// The offer that stands; shown anew only where it is another one, so that nothing moves under a finger.
export const offer = (wanted, isQuiet) => {
  const key = JSON.stringify([wanted, isQuiet]);
  if (key === shown) return;
  shown = key;
  const buttons = isQuiet || !wanted ? [] : wanted.choices.map(button);
  if (wanted && wanted.picks === "number" && !isQuiet) buttons.push(more());
  $("answers").replaceChildren(...buttons);
  $("bands").hidden = $("bands-row").hidden = isQuiet || !wanted || wanted.picks !== "bands";
  if (!wanted || wanted.picks !== "numbers" || isQuiet) $("numbers").hidden = true;
  else openNumbers();
  if (wanted) $("text").placeholder = wanted.placeholder;
};

const more = () => {
  const made = make("button", { type: "button", className: "quiet", textContent: say("another_number") });
  made.addEventListener("click", () => openNumbers());
  return made;
};

export const openNumbers = (around = 0, leg = "") => {
  $("numbers").replaceChildren();
  for (let number = leg ? 1 : 0; number <= MOST_REPS; number += 1) {
    const made = make("button", { type: "button", textContent: number, className: number === around ? "main" : "" }, $("numbers"));
    made.dataset.says = say(leg ? "say_reps_of_leg" : "say_reps", { reps: number, side: leg });
  }
  $("numbers").hidden = false;
  $("numbers").scrollIntoView({ block: "nearest" });
};

export const setBands = (known) => {
  if (!known.length || bands.length) return;
  bands = known;
  $("tray").replaceChildren(...known.map((band) => {
    const made = make("button", { type: "button" });
    made.dataset.band = band.id;
    swatch(band.colour, made);
    made.append(band.name);
    made.addEventListener("click", () => toggle(band));
    return made;
  }));
};

const toggle = (band) => {
  ladder = ladder.includes(band) ? ladder.filter((each) => each !== band) : [...ladder, band].slice(0, PER_LIST);
  showLadder();
};

const showLadder = () => {
  $("ladder").replaceChildren(...ladder.map((band) => {
    const item = make("li", {});
    const made = make("button", { type: "button", ariaLabel: say("take_away", band) }, item);
    swatch(band.colour, made);
    made.append(band.name);
    made.addEventListener("click", () => toggle(band));
    return item;
  }));
  for (const each of $("tray").children) each.setAttribute("aria-pressed", ladder.some((band) => band.id === each.dataset.band));
  $("bands-done").disabled = !ladder.length;
};

const spoken = () => {
  const names = ladder.map((band) => band.name);
  return names.length > 1 ? say("say_bands", { bands: names.slice(0, -1).join(", "), last: names.at(-1) }) : names[0];
};

$("bands-done").addEventListener("click", () => { onChoice(spoken()); ladder = []; showLadder(); });
$("bands-clear").addEventListener("click", () => { ladder = []; showLadder(); });
for (const place of ["answers", "numbers"]) {
  $(place).addEventListener("click", ({ target }) => {
    const says = target.closest("[data-says]")?.dataset.says;
    if (!says) return;
    $("numbers").hidden = true;
    onChoice(says);
  });
}
