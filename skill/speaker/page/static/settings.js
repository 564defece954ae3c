// What a person chose: volumes, captions, their name and PIN; and the check of loudspeaker and microphone.
import { declineMicrophone, microphone } from "./microphone.js";
import { player } from "./player.js";
import { post } from "./server.js";
import { $, make, say } from "./words.js";

const USUAL = { voice: "", voice_volume: 100, voice_speed: 100, click_volume: 0, captions: true, vibrates: true, wake_word: "alexa" };
const RANGES = { "voice-volume": "voice_volume", "voice-speed": "voice_speed", "click-volume": "click_volume" };
const RESTS = ["between_sides", "between_rounds"];
const STEP_S = 10;
const TICKS = { captions: "captions", vibrates: "vibrates" };

export const settings = {
  now: { ...USUAL },
  voices: [],

  // The person's own, as the coach keeps them.
  take(person) {
    this.now = { ...USUAL, ...person.settings };
    this.apply();
    $("own").value = person.name;
    for (const [id, name] of Object.entries(RANGES)) $(id).value = this.now[name];
    for (const [id, name] of Object.entries(TICKS)) $(id).checked = this.now[name];
    $("wake-word").value = this.now.wake_word;
    $("language").value = person.language;
    $("voice").value = this.voices.includes(this.now.voice) ? this.now.voice : "";
  },

  // Only voices that this machine has; where it has but the usual one, nothing is asked.
  offerVoices(names) {
    this.voices = names;
    for (const option of $("voice").options) option.hidden = option.value !== "" && !names.includes(option.value);
    $("voice-label").hidden = !names.length;
  },

  // Each language by its own name.
  offerLanguages(names) {
    const made = names.map((name) => make("option", { value: name, lang: name, textContent: new Intl.DisplayNames([name], { type: "language" }).of(name) }));
    $("language").replaceChildren($("language").options[0], ...made);
  },

  apply() {
    player.audio.volume = this.now.voice_volume / 100;
    document.body.toggleAttribute("data-no-captions", !this.now.captions);
  },

  change(name, value) {
    this.now[name] = value;
    this.apply();
    post("/speaker/people/change", { settings: { [name]: value } }).catch(tellHere);
  },
};

export const tellHere = (error) => {
  $("settings-message").textContent = error ? error.message : say("saved");
  $("settings-message").hidden = false;
};

// What calls the coach, as people say it.
export const wakeWord = () => $("wake-word").querySelector(`[value="${settings.now.wake_word}"]`).textContent;

export const showMicrophone = () => {
  $("mic").setAttribute("aria-checked", microphone.isOn);
  $("mic-too").textContent = say(microphone.isOn ? "mic_turn_off" : "mic_turn_on");
  $("mic-says").textContent = say(microphone.isOn ? "mic_try" : "mic_off");
};

// How sets are counted is the coach's to know: it may have been told aloud, or on another device.
const showStyle = async () => {
  for (const id of ["form-cues", ...RESTS]) $(id).disabled = true;
  const known = await post("/speaker/people/style").catch(() => null);
  if (!known) return;
  $("form-cues").checked = known.form_cues;
  for (const id of RESTS) showRest($(id), known.rests_s[id]);
  for (const id of ["form-cues", ...RESTS]) $(id).disabled = false;
};

// From the exercise's own rest to the longest that is counted; the one that holds is always among them.
const showRest = (select, { least, most, now }) => {
  const steps = new Set([least, now, most]);
  for (let seconds = Math.ceil(least / STEP_S) * STEP_S; seconds < most; seconds += STEP_S) steps.add(seconds);
  select.replaceChildren(...[...steps].sort((one, other) => one - other).map((seconds) => make("option", { value: seconds, textContent: say("seconds", { seconds }), selected: seconds === now })));
};

export const switchMicrophone = async () => {
  if (microphone.isOn) {
    microphone.close();
    declineMicrophone();
  } else {
    sessionStorage.removeItem("coach.types");
    await microphone.open();
  }
};

for (const [id, name] of Object.entries(RANGES)) {
  $(id).addEventListener("input", () => { settings.now[name] = Number($(id).value); settings.apply(); });
  $(id).addEventListener("change", () => settings.change(name, Number($(id).value)));
}
for (const [id, name] of Object.entries(TICKS)) $(id).addEventListener("change", () => settings.change(name, $(id).checked));
$("voice").addEventListener("change", () => settings.change("voice", $("voice").value));
$("wake-word").addEventListener("change", () => settings.change("wake_word", $("wake-word").value));
for (const id of RESTS) $(id).addEventListener("change", () => post("/speaker/people/rests", { rests_s: { [id]: Number($(id).value) } }).then(() => tellHere(), tellHere));
$("mic").addEventListener("click", switchMicrophone);
$("mic-too").addEventListener("click", switchMicrophone);
$("to-settings").addEventListener("click", () => { $("settings-message").hidden = true; showMicrophone(); showStyle(); $("settings").showModal(); });
$("check-sound").addEventListener("click", () => $("to-settings").click());
microphone.onLevel = (rms) => { $("level").value = Math.min(1, rms * 8); };
