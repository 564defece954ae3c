// The conversation: who speaks, who is listened to and for how long, and what is shown of it.
import { offer, onAnswer, openNumbers, setBands } from "./answers.js";
import { shake, stayAwake, tellSystem } from "./device.js";
import { draw } from "./figure.js";
import { hears, microphone } from "./microphone.js";
import { outbox } from "./outbox.js";
import { onCorrection, overview } from "./overview.js";
import { player } from "./player.js";
import { ring } from "./ring.js";
import { person, post } from "./server.js";
import { wakeWord } from "./settings.js";
import { $, say, tell } from "./words.js";

const LISTEN_MS = 8000;
const MORE_WHILE_SPEAKING_MS = 2000;

let listening = 0; // when the window closes, by performance.now(); 0: nobody was asked
let isCalled = false; // whether the window was opened by the button or the wake word
let watch = 0;
let isReprompted = false;
let hasBegun = false;
let turn = 0;
let onPerson = () => {};
export const onOtherPerson = (done) => { onPerson = done; };

const LONG = 130; // letters from which words are written smaller
const tellWords = (text) => {
  $("coach").textContent = text;
  $("coach").classList.toggle("long", text.length > LONG);
};

const inCount = () => player.isInCount && !player.answer.isPractice;

const keyOfTalk = () => {
  if (listening) return "listening";
  if (!hasBegun && !player.isPlaying) return "start";
  if (player.isWaiting) return "go_on";
  if (player.isPlaying) return microphone.isOn ? "stop_and_talk" : "stop";
  return "talk";
};

// Resting, counting, or past the count's last rep, where its question is asked.
const stageOfCount = () => {
  const { phases, lead_in_at_ms: lead } = player.count.picture;
  const last = phases.at(-1);
  if (player.at_ms < lead) return "resting";
  return player.at_ms < last.at_ms + last.seconds * 1000 ? "counting" : "after";
};

export const show = () => {
  const key = keyOfTalk();
  document.body.dataset.state = player.isInCount ? "set" : "idle";
  document.body.dataset.turn = turn;
  document.body.toggleAttribute("data-begun", hasBegun);
  document.body.toggleAttribute("data-listening", listening > 0);
  document.body.toggleAttribute("data-paused", player.isWaiting);
  document.body.toggleAttribute("data-playing", player.isPlaying);
  $("talk-says").textContent = say(key);
  $("talk").hidden = key === "talk" && !microphone.isOn;
  $("microphone").textContent = say(microphone.isOn ? (listening ? "mic_awake" : "mic_on") : hears ? "mic_off" : "mic_other_language", { word: wakeWord() });
  $("running").hidden = !inCount();
  showOffer();
  stayAwake(player.isInCount);
  tellSystem(ring.picture);
};

const showOffer = () => {
  const { answer } = player;
  if (!answer || answer.isPractice || !hasBegun) return offer(null, true);
  return offer(answer.offers[inCount() ? stageOfCount() : "after"], false);
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
  if (answer.person !== undefined && answer.person !== person.id) {
    person.id = answer.person;
    onPerson();
  }
  if (answer.text) tellWords(answer.text);
  $("heard").hidden = !answer.heard;
  $("heard").querySelector("q").textContent = answer.heard;
  if (answer.fault) tell(answer.fault, "fault");
  setBands(answer.bands);
  overview.show(answer);
  scrollTo(0, 0);
  player.play(answer, asked);
  player.keep();
  show();
};

// The coach has finished speaking. If it asked something, it waits; twice in silence, and the conversation ends.
const asked = () => {
  if (player.answer.isPractice) return practised();
  if (player.count && player.answer.question) tellWords(player.answer.question);
  if (ring.picture) ring.over();
  player.keep();
  if (player.answer.is_open && microphone.isOn) openWindow(unanswered, false);
  show();
};

const unanswered = () => {
  const { reprompt, reprompt_sounds: sounds } = player.answer;
  if (isReprompted || !sounds.length) {
    post("/speaker/left", { reason: "EXCEEDED_MAX_REPROMPTS", playing: player.place() }).catch(() => {});
    return;
  }
  isReprompted = true;
  tellWords(reprompt);
  player.again(sounds);
};

export const speak = (text) => {
  const playing = player.answer?.isPractice ? null : player.place();
  player.pause();
  closeWindow();
  if (player.answer?.isPractice) player.answer = null;
  return outbox.put(text, playing);
};

// One rep to try, which is written down nowhere.
export const practise = async () => {
  if (inCount()) return;
  try {
    const rep = await post("/speaker/practice");
    $("coach").textContent = say("practice_said");
    document.body.dataset.stage = "count";
    draw(rep.drawing);
    ring.draw(rep.count.picture);
    player.play({ ...rep, isPractice: true }, asked);
  } catch (error) {
    if (error.message !== "no_server") tell(error.message, "refused");
  }
  show();
};

const practised = () => {
  player.answer = null;
  $("coach").textContent = say("practice_over");
  ring.draw(null);
  document.body.dataset.stage = hasBegun ? "idle" : "welcome";
  goBack();
  show();
};

// The button: stop the coach at once and listen; without a microphone it waits for a tap, or for words in the field.
export const bargeIn = () => {
  if (player.isPlaying) return stopNow();
  if (listening) return backToCount();
  if (player.isWaiting) return player.go();
  if (!hasBegun) return speak(say("say_begin"));
  if (microphone.isOn) openWindow(() => {}, true);
  else $("text").focus();
  return show();
};

// Whatever plays falls silent; it never starts anything.
export const stopNow = () => {
  if (!player.isPlaying) return;
  player.pause();
  if (player.answer.isPractice) { player.finished = true; practised(); return; }
  if (microphone.isOn) openWindow(backToCount, true);
  show();
};

// Called and then not spoken to: the set goes on where it stood.
const backToCount = () => {
  closeWindow();
  if (player.isInCount) player.go();
};

// Called by the wake word: the count stops where the word began.
const woken = (stoppedAt) => {
  const isInCount = inCount();
  if (isInCount && stoppedAt) player.pauseAt(stoppedAt.offset_ms);
  else player.pause();
  openWindow(isInCount ? backToCount : () => {}, true);
};

// What stood before a reload stands again; a set goes on where its sound was.
const goBack = () => {
  const before = player.before();
  if (!before) return;
  const { answer, isOver } = before;
  if (isOver && !answer.is_open && !answer.card) return;
  hasBegun = true;
  tellWords(isOver && answer.question ? answer.question : answer.text);
  setBands(answer.bands);
  overview.show(answer);
  player.resume(before, asked);
  if (isOver && ring.picture) ring.over();
};

export const goOn = () => {
  goBack();
  outbox.send();
  show();
};

// Whoever trains leaves: what was done of the set is told, with its place.
export const leave = () => {
  player.pause();
  if (!player.answer || player.answer.isPractice) return undefined;
  return post("/speaker/left", { reason: "USER_INITIATED", playing: player.place() }).catch(() => {});
};

// Another person sits down: nothing of the one before stays on the screen.
export const beginAnew = () => {
  player.pause();
  player.answer = null;
  player.finished = true;
  sessionStorage.removeItem("coach.now");
  location.reload();
};

onAnswer(speak);
onCorrection(openNumbers);
outbox.onAnswer = answered;
outbox.onRefused = (error) => { tell(error.message, "refused"); show(); };
ring.onChange = () => {
  const { phase, rep } = document.body.dataset;
  shake(ring.picture && Number(rep) > ring.picture.last_rep ? "over" : phase);
  showOffer();
};
player.onChange = show;
document.addEventListener("visibilitychange", show); // whoever comes back from another app is kept awake again
player.onTime = () => tellSystem(ring.picture);
microphone.silentRoom = () => (!listening ? "asleep" : isCalled ? "called" : "awake");
microphone.onAnswer = answered;
microphone.onWoken = woken;
microphone.onChange = () => { if (!microphone.isOn) closeWindow(); show(); };
