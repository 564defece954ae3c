// Who trains: asked where there are several, shown at the top, changed by a tap.
import { player } from "./player.js";
import { onRemoved, person, post } from "./server.js";
import { settings, tellHere } from "./settings.js";
import { beginAnew, leave, onOtherPerson, speak } from "./talk.js";
import { $, make, say } from "./words.js";

const MANY = 12; // from so many on, there is a field to find a name

const FIRST_BAND = "coach.first_band";

let people = [];
let colours = [];
let onKnown = () => {};

const current = () => people.find((each) => each.id === person.id) || people[0];
const nameOf = (each) => each.name || say("you");

// The page is written in the language that its person chose; the coach goes by this cookie. Where none is kept, it
// stays as it is, and only what the coach says is in their language.
const speakTheirs = (language) => {
  const kept = () => document.cookie.match(/(?:^|; )coach-language=([^;]*)/)?.[1] || "";
  if (kept() === language) return;
  document.cookie = `coach-language=${language}; path=/; SameSite=Strict; max-age=${language ? 31536000 : 0}`;
  if (kept() === language) location.reload();
};

const showWho = () => {
  const now = current();
  if (!now) return;
  person.id = now.id;
  speakTheirs(now.language);
  settings.take(now);
  $("who").hidden = people.length < 2;
  $("who-name").textContent = nameOf(now);
  $("who").dataset.colour = now.colour;
};

const refresh = async () => {
  const found = await post("/speaker/people");
  ({ people, colours } = found);
  settings.offerVoices(found.voices);
  settings.offerLanguages(found.languages);
  $("first-band").replaceChildren($("first-band").options[0], ...found.bands.map(({ name }) => make("option", { value: name, textContent: name })));
  showWho();
};

// Goes on once it is clear who trains; whoever closes the question is who trained here last.
const known = () => {
  const goOn = onKnown;
  onKnown = () => {};
  goOn();
  beginWithBand();
};

// Whoever was added with a first band begins with it, by the words that anybody would say: nothing that is told before
// a first workout is left out.
const beginWithBand = async () => {
  const band = sessionStorage.getItem(FIRST_BAND);
  if (!band) return;
  sessionStorage.removeItem(FIRST_BAND);
  await speak($("text").placeholder);
  await speak(band);
};

const choose = async (each) => {
  const isOther = each.id !== person.id;
  if (isOther) await leave();
  person.id = each.id;
  sessionStorage.setItem("coach.chosen", "yes");
  localStorage.setItem("coach.last", each.id);
  showWho();
  if (isOther && player.answer) return beginAnew();
  return $("people").close();
};

const list = () => {
  const wanted = $("find").value.trim().toLocaleLowerCase();
  $("find-label").hidden = people.length < MANY;
  $("everybody").replaceChildren(...people.filter((each) => nameOf(each).toLocaleLowerCase().includes(wanted)).map((each) => {
    const made = make("button", { type: "button", className: "person" });
    made.dataset.colour = each.colour;
    made.setAttribute("aria-current", each.id === person.id);
    make("span", { className: "dot", textContent: [...nameOf(each)][0].toLocaleUpperCase(), ariaHidden: "true" }, made);
    make("span", { textContent: nameOf(each) }, made);
    made.addEventListener("click", () => choose(each));
    return made;
  }));
};

export const openPeople = (message = "", isAdding = false) => {
  if ($("people").open) return;
  const isFirstNameless = people.length > 0 && !people[0].name;
  $("people-message").textContent = message;
  $("people-message").hidden = !message;
  $("own-name-label").hidden = !isFirstNameless;
  $("own-name").required = isFirstNameless;
  $("somebody-new").open = isAdding;
  $("find").value = "";
  list();
  showColours();
  $("people").showModal();
};

const showColours = () => {
  $("colours").replaceChildren(...colours.map((colour, nth) => {
    const label = make("label", { className: "colour", title: colour });
    label.dataset.colour = colour;
    make("input", { type: "radio", name: "colour", value: colour, ariaLabel: colour, checked: nth === people.length % colours.length }, label);
    make("span", { className: "dot" }, label);
    return label;
  }));
};

const add = async (event) => {
  event.preventDefault();
  const colour = document.querySelector("input[name=colour]:checked")?.value;
  try {
    const made = await post("/speaker/people/add", { name: $("new-name").value, own_name: $("own-name").value, colour });
    if ($("first-band").value) sessionStorage.setItem(FIRST_BAND, $("first-band").value);
    $("add").reset();
    await refresh();
    choose(made);
  } catch (error) {
    $("people-message").textContent = error.message;
    $("people-message").hidden = false;
  }
};

const change = async (event, changes) => {
  event.preventDefault();
  try {
    await post("/speaker/people/change", changes());
    await refresh();
    tellHere();
  } catch (error) {
    tellHere(error);
  }
};

export const pinFor = () => (current()?.has_pin ? prompt(say("ask_pin")) || "" : "");

const forget = async () => {
  if (!confirm(say("forget_sure", { name: nameOf(current()) }))) return;
  try {
    await post("/speaker/people/forget", { pin: pinFor() });
    sessionStorage.removeItem("coach.person");
    sessionStorage.removeItem("coach.chosen");
    beginAnew();
  } catch (error) {
    tellHere(error);
  }
};

const save = async () => {
  try {
    const record = await post("/speaker/people/export", { pin: pinFor() });
    const url = URL.createObjectURL(new Blob([JSON.stringify(record, null, 2)], { type: "application/json" }));
    make("a", { href: url, download: "glute-coach.json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  } catch (error) {
    tellHere(error);
  }
};

// Asks who trains where several do, once in each tab; `goOn` is called when it is clear.
export const begin = async (goOn) => {
  onKnown = goOn;
  person.id ||= localStorage.getItem("coach.last") || "";
  await refresh().catch(() => {});
  if (people.length > 1 && !sessionStorage.getItem("coach.chosen")) openPeople();
  else known();
};

onRemoved(() => {
  person.id = "";
  sessionStorage.removeItem("coach.chosen");
  sessionStorage.removeItem("coach.now");
  refresh().then(() => openPeople(say("removed"))).catch(() => {});
});
onOtherPerson(() => refresh().catch(() => {}));
$("people").addEventListener("close", known);
$("who").addEventListener("click", () => openPeople());
$("another").addEventListener("click", () => { $("settings").close(); openPeople("", true); });
$("find").addEventListener("input", list);
$("add").addEventListener("submit", add);
$("rename").addEventListener("submit", (event) => change(event, () => ({ name: $("own").value })));
$("set-pin").addEventListener("submit", (event) => change(event, () => ({ new_pin: $("new-pin").value, pin: pinFor() })));
$("language").addEventListener("change", (event) => change(event, () => ({ language: $("language").value })));
$("forget").addEventListener("click", forget);
$("export").addEventListener("click", save);
