// The microphone: opened when it may be, judged as it runs, and sent to the ears piece by piece.
import { player } from "./player.js";
import { ask, page, person, post } from "./server.js";
import { $, say, tell } from "./words.js";

const RATE = 16000;
const PIECE = 1024; // samples sent at a time: 64 ms, for the end of speech is seen half a piece late
const SILENT_AFTER = 48; // pieces without a single sound: 3 s
const CLIPS_AFTER = 12; // loud pieces among the last 48
const LONGEST_QUEUE = 160; // pieces: 10 s; older ones are too old to answer
const MOST_AT_ONCE = 24;

const WHY = { NotAllowedError: "mic_refused", NotFoundError: "mic_none", NotReadableError: "mic_busy" };
const WANTED = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };

const isOtherRoom = (one, other) =>
  one.room !== other.room ||
  Boolean(one.place) !== Boolean(other.place) ||
  (one.place && (one.place.stopped !== other.place.stopped || one.place.token !== other.place.token));

export const microphone = {
  isOn: false,
  isSpeech: false,
  silentRoom: () => "asleep",
  onAnswer: () => {},
  onWoken: () => {},
  onChange: () => {},
  onLevel: () => {},
  queue: [],
  isSending: false,
  silent: 0,
  loud: [],

  async open() {
    $("ask").hidden = true;
    try {
      if (!navigator.mediaDevices) throw new DOMException("", "NotFoundError");
      await this.listenTo(await navigator.mediaDevices.getUserMedia({ audio: WANTED }));
      await post("/speaker/deafen", {});
    } catch (error) {
      if (error.message !== "no_server") this.close(WHY[error.name] || "mic_busy");
    }
    this.onChange();
  },

  async listenTo(stream) {
    this.stream = stream;
    stream.getAudioTracks()[0].addEventListener("ended", () => this.close("mic_lost"));
    this.context = new AudioContext();
    await this.context.audioWorklet.addModule("/speaker/to-16-khz.js");
    const worklet = new AudioWorkletNode(this.context, "to-16-khz", { numberOfOutputs: 0, processorOptions: { rate: RATE, piece: PIECE } });
    this.context.createMediaStreamSource(stream).connect(worklet);
    worklet.port.onmessage = (message) => this.heard(message.data);
    await this.context.resume();
    this.isOn = true;
  },

  // `why` is one of the page's messages; closed without one, it was wished.
  close(why) {
    this.stop();
    if (why) tell(say(why), "microphone");
    this.onChange();
  },

  stop() {
    this.isOn = this.isSpeech = false;
    if (this.stream) this.stream.getTracks().forEach((each) => each.stop());
    if (this.context) this.context.close();
    this.stream = this.context = null;
    this.queue = [];
  },

  heard({ pcm, rms, loud }) {
    if (!this.isOn) return;
    this.judge(rms, loud);
    this.onLevel(rms);
    const room = player.isPlaying ? "coach_speaks" : this.silentRoom();
    this.queue.push({ pcm, room, place: player.place((PIECE * 1000) / RATE) });
    this.queue.splice(0, this.queue.length - LONGEST_QUEUE);
    this.send();
  },

  judge(rms, loud) {
    this.silent = rms < 1e-5 ? this.silent + 1 : 0;
    this.loud = [...this.loud.slice(1 - SILENT_AFTER), loud > PIECE / 400];
    if (this.silent === SILENT_AFTER) tell(say("mic_silent"), "level");
    else if (this.loud.filter(Boolean).length >= CLIPS_AFTER) tell(say("mic_clips"), "level");
    else if (this.silent < SILENT_AFTER && !this.loud.some(Boolean)) tell("", "level");
  },

  async send() {
    if (this.isSending) return;
    this.isSending = true;
    try {
      while (this.queue.length && this.isOn) await this.sendSome();
    } catch (error) {
      this.failed(error);
    } finally {
      this.isSending = false;
    }
  },

  // As many pieces as lie in one and the same room; the place is that of the first.
  async sendSome() {
    const first = this.queue[0];
    const other = this.queue.findIndex((each) => isOtherRoom(each, first));
    const pieces = this.queue.splice(0, Math.min(other < 0 ? this.queue.length : other, MOST_AT_ONCE));
    const sound = new Int16Array(pieces.length * PIECE);
    pieces.forEach(({ pcm }, index) => sound.set(pcm, index * PIECE));
    const query = new URLSearchParams({ page, person: person.id, room: first.room, ...first.place });
    const heard = await ask(`/speaker/hear?${query}`, sound.buffer, "application/octet-stream");
    this.isSpeech = heard.is_speech;
    if (heard.answer) this.onAnswer(heard.answer);
    else if (heard.is_woken) this.onWoken(heard.stopped_at);
  },

  failed(error) {
    if (error.status === 503) {
      this.stop();
      tell(error.message, "microphone");
      this.onChange();
    } else if (error.message === "no_server") {
      this.queue = [];
      setTimeout(() => this.send(), 2000);
    } else tell(error.message, "refused");
  },
};

// Whoever would rather type is not asked again by a reload.
export const declineMicrophone = () => {
  sessionStorage.setItem("coach.types", "yes");
  $("ask").hidden = true;
};

// Whether the coach's ears know the language of the page; where they do not, nobody is asked for a microphone.
export const hears = document.body.dataset.hears === "yes";
$("mic").hidden = $("mic-part").hidden = $("ask").hidden = !hears;

// Why the microphone is wanted is said before the browser asks for it.
export const offerMicrophone = async () => {
  if (!hears) return;
  const permission = await navigator.permissions.query({ name: "microphone" }).catch(() => ({ state: "prompt" }));
  document.body.dataset.asked = "yes";
  $("ask").hidden = permission.state !== "prompt" || sessionStorage.getItem("coach.types") === "yes";
  if (permission.state === "granted") return microphone.open();
  if (permission.state === "denied") return tell(say("mic_refused"), "microphone");
};
