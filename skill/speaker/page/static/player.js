// The coach's voice: one <audio>, whose clock is the only one that the page has for a count.
import { $, say, tell } from "./words.js";

export const player = {
  audio: new Audio(),
  answer: null,
  queue: [],
  finished: true,
  resumed: false,
  kept: null, // a count's whole track, for when the network goes away in the middle of it
  onDone: () => {},
  onChange: () => {},
  onTime: () => {},

  get isPlaying() { return !this.audio.paused && !this.finished; },
  get count() { return this.answer && this.answer.count; },
  get isInCount() { return Boolean(this.count) && !this.finished; },
  get isWaiting() { return this.isInCount && this.audio.paused; },
  get at_ms() { return this.audio.currentTime * 1000; },

  // Where the count is, as the coach is told when something is said into it.
  place(lag_ms = 0) {
    if (!this.count) return null;
    const now = this.finished ? this.count.length_ms : this.at_ms;
    const at_ms = Math.max(0, Math.round(now - (this.isPlaying ? lag_ms : 0)));
    return { token: this.count.token, at_ms, stopped: !this.isPlaying };
  },

  play(answer, onDone) {
    this.answer = answer;
    this.onDone = onDone;
    this.start(answer.sounds, 0);
    if (answer.count) this.keepTrack(answer.sounds[0]);
  },

  start(sounds, at_s) {
    this.queue = sounds.slice(1);
    this.finished = !sounds.length;
    if (this.finished) { this.audio.pause(); this.onDone(); return; }
    this.load(sounds[0], at_s);
    this.go();
  },

  load(source, at_s) {
    this.audio.src = source;
    this.audio.currentTime = at_s;
  },

  async keepTrack(source) {
    if (this.kept) URL.revokeObjectURL(this.kept.url);
    this.kept = null;
    const answer = await fetch(source).catch(() => null);
    if (answer && answer.ok) this.kept = { source, url: URL.createObjectURL(await answer.blob()) };
  },

  async go() {
    try {
      await this.audio.play();
      tell("", "press");
    } catch (error) {
      if (error.name === "NotAllowedError") { tell(say("press"), "press"); this.onChange(); }
    }
  },

  pause() { this.audio.pause(); },

  pauseAt(at_ms) {
    this.audio.pause();
    this.audio.currentTime = at_ms / 1000;
  },

  next() {
    if (this.queue.length) return this.start(this.queue, 0);
    this.finished = true;
    this.onDone();
  },

  // A sound that cannot be had: from the track that was kept, where there is one, else without it.
  failed() {
    const at_s = this.audio.currentTime;
    if (this.kept && this.audio.src.endsWith(this.kept.source)) {
      this.load(this.kept.url, at_s);
      this.go();
      return;
    }
    tell(say(this.resumed ? "sound_gone" : "no_sound"), "sound");
    this.next();
  },

  // For a reload: the last answer, and where in its count the sound stands.
  keep() {
    if (!this.answer || this.answer.isPractice) return;
    const now = { answer: this.answer, at_s: this.audio.currentTime, isOver: !this.isInCount };
    sessionStorage.setItem("coach.now", JSON.stringify(now));
  },

  before: () => JSON.parse(sessionStorage.getItem("coach.now") || "null"),

  resume({ answer, at_s, isOver }, onDone) {
    this.answer = answer;
    this.onDone = onDone;
    this.resumed = true;
    if (isOver) { this.finished = true; return; }
    this.start(answer.sounds, at_s);
    this.keepTrack(answer.sounds[0]);
  },
};

player.audio.addEventListener("ended", () => player.next());
player.audio.addEventListener("timeupdate", () => { player.keep(); player.onTime(); });
player.audio.addEventListener("pause", () => player.onChange());
player.audio.addEventListener("playing", () => { player.resumed = false; tell("", "sound"); player.onChange(); });
player.audio.addEventListener("error", () => player.failed());

// Says so where there is no loudspeaker. A browser that keeps its devices to itself (it lists no loudspeaker before it may
// use the microphone) is believed to have one.
export const lookForLoudspeaker = async () => {
  const devices = navigator.mediaDevices ? await navigator.mediaDevices.enumerateDevices().catch(() => []) : [];
  const isKnown = "userAgentData" in navigator || devices.some((each) => each.label);
  const isMissing = isKnown && !devices.some((each) => each.kind === "audiooutput");
  $("loudspeaker").textContent = isMissing ? say("no_loudspeaker") : "";
  $("loudspeaker").hidden = !isMissing;
  $("loudspeaker").dataset.looked = "";
};
