// The page: what is pressed and typed, and which of several pages talks. Each idea has a file of its own beside this one.
import "./clicks.js";
import { onKeys } from "./device.js";
import { declineMicrophone, microphone, offerMicrophone } from "./microphone.js";
import { begin as askWho } from "./people.js";
import { lookForLoudspeaker, player } from "./player.js";
import { showPage } from "./progress.js";
import { ring } from "./ring.js";
import { showMicrophone } from "./settings.js";
import { bargeIn, goOn, practise, show, speak, stopNow } from "./talk.js";
import { $, say } from "./words.js";

const begin = () => {
  $("elsewhere").hidden = true;
  askWho(() => {
    goOn();
    offerMicrophone();
    show();
  });
  lookForLoudspeaker();
  show();
};

// Of several pages one talks. Another may take over; this one then falls silent.
const claim = (steal) => navigator.locks.request("coach", steal ? { steal } : { ifAvailable: true }, (lock) => {
  if (!lock) { $("ask").hidden = true; $("elsewhere").hidden = false; return undefined; }
  begin();
  return new Promise(() => {});
}).catch(() => {
  player.pause();
  player.keep();
  microphone.close();
  $("elsewhere").hidden = false;
});

const isTyping = (target) => target.matches("input:not([type=range], [type=checkbox], [type=radio])") && target.value !== "";

// Space and Escape stop whatever plays, wherever the focus is; only a space inside words stays a space.
const keyed = (event) => {
  const isSpace = event.code === "Space" && !event.repeat;
  if (event.code === "Escape") return stopNow();
  if (!isSpace || isTyping(event.target)) return undefined;
  const isBusy = event.target.closest("input, button, a, summary, select, dialog, [tabindex], #progress");
  if (!player.isPlaying && (isBusy || document.querySelector("dialog[open]"))) return undefined;
  event.preventDefault();
  return bargeIn();
};

$("take-over").addEventListener("click", () => claim(true));
$("use-microphone").addEventListener("click", () => microphone.open());
$("no-microphone").addEventListener("click", () => { declineMicrophone(); $("talk").focus(); });
$("talk").addEventListener("click", bargeIn);
$("form-cues").addEventListener("change", () => speak(say($("form-cues").checked ? "say_tips" : "say_no_tips")));
$("try").addEventListener("click", practise);
$("hear").addEventListener("click", () => { $("settings").close(); practise(); });
$("type").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (text) speak(text);
  $("text").value = "";
});
document.addEventListener("keydown", keyed, true);
onKeys({
  play: () => player.isWaiting && player.go(),
  pause: stopNow,
  done: () => player.isInCount && speak(document.querySelector("#answers .main")?.dataset.says || say("say_done")),
});
const shown = microphone.onChange;
microphone.onChange = () => { shown(); showMicrophone(); };
if (navigator.mediaDevices) navigator.mediaDevices.addEventListener("devicechange", lookForLoudspeaker);
addEventListener("pagehide", () => player.keep());
ring.drawTempo(JSON.parse(document.body.dataset.tempo));
show();
showPage();
claim(false);
