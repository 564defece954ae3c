// The conversation: who speaks, who is listened to and for how long, and what is shown of it.
import { microphone } from "./microphone.js";
import { player } from "./player.js";
import { ring } from "./ring.js";
import { post } from "./server.js";
import { $, say, tell } from "./words.js";

const LISTEN_MS = 8000;
const MORE_WHILE_SPEAKING_MS = 2000;

let listening = 0; // when the window closes, by performance.now(); 0: nobody was asked
let isCalled = false; // whether the window was opened by the button or the wake word
let watch = 0;
let isReprompted = false;
let hasBegun = false;
let turn = 0;

export const show = () => {
  const inSet = player.isInCount;
  const key = listening ? "listening" : !hasBegun ? "start" : player.isWaiting ? "go_on" : player.isPlaying ? "stop" : "talk";
  document.body.dataset.state = inSet ? "set" : "idle";
  document.body.dataset.turn = turn;
  document.body.toggleAttribute("data-listening", listening > 0);
  document.body.toggleAttribute("data-paused", player.isWaiting);
  $("in-set").hidden = !inSet;
  $("talk-says").textContent = say(key);
  $("microphone").textContent = say(microphone.isOn ? (listening ? "mic_awake" : "mic_on") : "mic_off");
};

const openWindow = (onSilence, called) => {
  clearInterval(watch);
  isCalled = called;
  listening = performance.now() + LISTEN_MS;
  watch = setInterval(() => {
    if (microphone.isSpeech) listening = Math.max(listening, performance.now() + MORE_WHILE_SPEAKING_MS);
    if (performance.now() < listening) return;
    closeWindow();
    onSilence();
  }, 100);
  show();
};

const closeWindow = () => {
  clearInterval(watch);
  listening = 0;
  show();
};

const answered = (answer) => {
  hasBegun = true;
  isReprompted = false;
  turn += 1;
  closeWindow();
  if (answer.text) $("coach").textContent = answer.text;
  $("heard").hidden = !answer.heard;
  $("heard").querySelector("q").textContent = answer.heard;
  if (answer.fault) tell(answer.fault, "fault");
  ring.draw(answer.count && answer.count.picture);
  player.play(answer, asked);
  player.keep();
  show();
};

// The coach has finished speaking. If it asked something, it waits; twice in silence, and the conversation ends.
const asked = () => {
  if (player.count && player.answer.question) $("coach").textContent = player.answer.question;
  ring.blank();
  player.keep();
  if (player.answer && player.answer.is_open && microphone.isOn) openWindow(unanswered, false);
  show();
};

const unanswered = () => {
  const { reprompt, reprompt_sounds: sounds } = player.answer;
  if (isReprompted || !sounds.length) {
    post("/speaker/left", { reason: "EXCEEDED_MAX_REPROMPTS", playing: player.place() }).catch(() => {});
    return;
  }
  isReprompted = true;
  $("coach").textContent = reprompt;
  player.start(sounds, 0);
};

export const speak = async (text) => {
  const playing = player.place();
  player.pause();
  closeWindow();
  try {
    answered(await post("/speaker/say", { text, playing }));
  } catch (error) {
    if (error.message !== "no_server") tell(error.message, "refused");
    show();
  }
};

// The button and the space bar: stop the coach at once and listen; without a microphone, the text field.
export const bargeIn = () => {
  if (!hasBegun) return speak($("text").placeholder);
  if (listening) return backToCount();
  if (player.isWaiting) return player.go();
  player.pause();
  if (microphone.isOn) openWindow(backToCount, true);
  else $("text").focus();
  show();
};

// Called and then not spoken to: the set goes on where it stood.
const backToCount = () => {
  closeWindow();
  if (player.isInCount) player.go();
};

// Called by the wake word: the count stops where the word began.
const woken = (stoppedAt) => {
  const isInCount = player.isInCount;
  if (isInCount && stoppedAt) player.pauseAt(stoppedAt.offset_ms);
  else player.pause();
  openWindow(isInCount ? backToCount : () => {}, true);
};

// A reload in mid-set: the set goes on where the sound stood.
export const goOn = () => {
  const kept = player.kept();
  if (!kept) return;
  hasBegun = true;
  $("coach").textContent = kept.answer.text;
  ring.draw(kept.answer.count.picture);
  player.resume(kept, asked);
  show();
};

player.onChange = show;
microphone.silentRoom = () => (!listening ? "asleep" : isCalled ? "called" : "awake");
microphone.onAnswer = answered;
microphone.onWoken = woken;
microphone.onChange = () => {
  if (!microphone.isOn) closeWindow();
  show();
};
