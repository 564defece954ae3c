// The coach's voice: one <audio>, whose clock is the only one that the page has for a count.
import { $, say, tell } from "./words.js";

export const player = {
  audio: new Audio(),
  answer: null,
  queue: [],
  said_ms: 0, // how long the sounds took that were heard before this one
  isTrack: false, // whether this one is the count's own track, entered where the sentences before it end
  isAgain: false, // whether the question is asked once more
  finished: true,
  resumed: false,
  kept: null, // a count's whole track, for when the network goes away in the middle of it
  onDone: () => {},
  onChange: () => {},
  onTime: () => {},

  // Between two sounds of an answer, too, where the <audio> stands still for a moment.
  get isPlaying() { return !this.finished && (!this.audio.paused || this.isBetween); },
  get isBetween() { return this.audio.ended && this.queue.length > 0; },
  get count() { return this.answer && this.answer.count; },
  get isInCount() { return Boolean(this.count) && !this.finished && !this.isAgain; },
  get isWaiting() { return this.isInCount && !this.isPlaying; },
  get track() { return this.count && this.answer.sounds.at(-1); },

  // Where the count stands. The sentences before it are said into its rest.
  get at_ms() {
    const now = this.audio.currentTime * 1000;
    return this.isTrack || !this.count ? now : Math.min(this.said_ms + now, this.count.enters_by_ms);
  },

  // Where the count is, as the coach is told when something is said into it.
  place(lag_ms = 0) {
    if (!this.count) return null;
    const now = this.isInCount ? this.at_ms : this.count.length_ms;
    const at_ms = Math.max(0, Math.round(now - (this.isPlaying ? lag_ms : 0)));
    return { token: this.count.token, at_ms, stopped: !this.isPlaying };
  },

  play(answer, onDone) {
    this.answer = answer;
    this.onDone = onDone;
    this.isAgain = false;
    this.begin(answer.sounds);
  },

  // The question once more.
  again(sounds) {
    this.isAgain = true;
    this.begin(sounds);
  },

  begin(sounds, at_s = 0, said_ms = 0) {
    this.said_ms = said_ms;
    this.queue = [...sounds];
    this.finished = !sounds.length;
    if (this.finished) { this.audio.pause(); this.onDone(); return; }
    this.load(this.queue.shift(), at_s);
    this.go();
  },

  load(source, at_s) {
    this.isTrack = !this.isAgain && source === this.track;
    this.audio.src = (this.isTrack && this.kept?.source === source && this.kept.url) || source;
    this.audio.currentTime = at_s;
  },

  // Fetched once the first words are heard: they need no waiting for it.
  async keepTrack() {
    const source = this.track;
    if (!source || this.kept?.source === source) return;
    if (this.kept?.url) URL.revokeObjectURL(this.kept.url);
    this.kept = { source, url: "" };
    const answer = await fetch(source).catch(() => null);
    const url = answer && answer.ok ? URL.createObjectURL(await answer.blob()) : "";
    if (this.kept.source === source) this.kept.url = url;
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
    const isSaid = !this.isTrack && at_ms <= Math.min(this.count.enters_by_ms, this.said_ms + this.audio.duration * 1000);
    if (isSaid) { this.audio.currentTime = Math.max(0, at_ms - this.said_ms) / 1000; return; }
    this.queue = [];
    if (!this.isTrack) this.load(this.track, at_ms / 1000);
    else this.audio.currentTime = at_ms / 1000;
  },

  next() {
    if (!this.queue.length) {
      this.finished = true;
      this.onDone();
      return;
    }
    this.said_ms += (this.audio.duration || 0) * 1000;
    const isLast = this.queue.length === 1 && !this.isAgain && Boolean(this.count);
    this.load(this.queue.shift(), isLast ? Math.min(this.said_ms, this.count.enters_by_ms) / 1000 : 0);
    this.go();
  },

  // A sound that cannot be had: from the track that was kept, where there is one, else without it.
  failed() {
    const at_s = this.audio.currentTime;
    if (this.isTrack && this.kept?.source === this.track && this.kept.url && this.audio.src !== this.kept.url) {
      this.load(this.track, at_s);
      this.go();
      return;
    }
    tell(say(this.resumed ? "sound_gone" : "no_sound"), "sound");
    this.next();
  },

  // For a reload: the last answer, and where in its count the sound stands.
  keep() {
    if (!this.answer || this.answer.isPractice) return;
    const nth = this.answer.sounds.length - 1 - this.queue.length;
    const now = { answer: this.answer, nth, at_s: this.audio.currentTime, said_ms: this.said_ms, isOver: !this.isInCount };
    sessionStorage.setItem("coach.now", JSON.stringify(now));
  },

  before: () => JSON.parse(sessionStorage.getItem("coach.now") || "null"),

  resume({ answer, nth, at_s, said_ms, isOver }, onDone) {
    this.answer = answer;
    this.onDone = onDone;
    this.resumed = true;
    if (isOver) { this.finished = true; return; }
    this.begin(answer.sounds.slice(nth), at_s, said_ms);
  },
};

player.audio.addEventListener("ended", () => player.next());
player.audio.addEventListener("timeupdate", () => { player.keep(); player.onTime(); });
player.audio.addEventListener("pause", () => player.isBetween || player.onChange());
player.audio.addEventListener("playing", () => {
  player.resumed = false;
  tell("", "sound");
  player.keepTrack();
  player.onChange();
});
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
