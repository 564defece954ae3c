// The page: what is pressed and typed, and which of several pages talks. Each idea has a file of its own beside this one.
import { declineMicrophone, microphone, offerMicrophone } from "./microphone.js";
import { lookForLoudspeaker, player } from "./player.js";
import { bargeIn, goOn, show, speak } from "./talk.js";
import { $ } from "./words.js";

const begin = () => {
  $("elsewhere").hidden = true;
  goOn();
  offerMicrophone();
  lookForLoudspeaker();
  show();
};

// Of several pages one talks. Another may take over; this one then falls silent.
const claim = (steal) => navigator.locks.request("coach", steal ? { steal } : { ifAvailable: true }, (lock) => {
  if (!lock) { $("elsewhere").hidden = false; return undefined; }
  begin();
  return new Promise(() => {});
}).catch(() => {
  player.pause();
  player.keep();
  microphone.close();
  $("elsewhere").hidden = false;
});

$("take-over").addEventListener("click", () => claim(true));
$("use-microphone").addEventListener("click", () => microphone.open());
$("no-microphone").addEventListener("click", () => { declineMicrophone(); $("text").focus(); });
$("talk").addEventListener("click", bargeIn);
for (const button of document.querySelectorAll("[data-says]")) button.addEventListener("click", () => speak(button.dataset.says));
$("type").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (text) speak(text);
  $("text").value = "";
});
document.addEventListener("keydown", (event) => {
  if (event.code !== "Space" || event.repeat || event.target.closest("input, button, a")) return;
  event.preventDefault();
  bargeIn();
});
if (navigator.mediaDevices) navigator.mediaDevices.addEventListener("devicechange", lookForLoudspeaker);
addEventListener("pagehide", () => player.keep());
show();
claim(false);
