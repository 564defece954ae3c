// The page: microphone in, coach's voice out, and a ring that follows the sound's own clock.
// This one file is also the audio worklet that brings the microphone to 16 kHz.
"use strict";

const RATE = 16000;
const PIECE = 2048; // samples sent at a time: 128 ms

if (typeof AudioWorkletProcessor !== "undefined") {
  const HALF = 24;
  const STEPS = 64;
  // A windowed sinc, tabled for 64 places between two samples: speech above 8 kHz would fold down and spoil the words.
  const table = (ratio) => {
    const rows = [];
    for (let step = 0; step < STEPS; step += 1) {
      const row = new Float32Array(2 * HALF);
      let sum = 0;
      for (let tap = 0; tap < 2 * HALF; tap += 1) {
        const x = tap - HALF + 1 - step / STEPS;
        const cut = Math.min(1, 1 / ratio);
        const sinc = x === 0 ? 1 : Math.sin(Math.PI * x * cut) / (Math.PI * x * cut);
        row[tap] = sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / (HALF + 1)));
        sum += row[tap];
      }
      rows.push(row.map((value) => value / sum));
    }
    return rows;
  };

  registerProcessor("to-16-khz", class extends AudioWorkletProcessor {
    constructor() {
      super();
      this.ratio = sampleRate / RATE;
      this.rows = table(this.ratio);
      this.kept = [];
      this.at = HALF;
      this.out = new Int16Array(PIECE);
      this.filled = 0;
      this.loud = 0;
      this.square = 0;
    }

    process(inputs) {
      const sound = inputs[0][0];
      if (sound) {
        for (const sample of sound) this.kept.push(sample);
        this.take();
      }
      return true;
    }

    take() {
      while (this.at + HALF < this.kept.length) {
        const whole = Math.floor(this.at);
        const row = this.rows[Math.floor((this.at - whole) * STEPS)];
        let value = 0;
        for (let tap = 0; tap < row.length; tap += 1) value += row[tap] * this.kept[whole - HALF + 1 + tap];
        this.put(Math.max(-1, Math.min(1, value)));
        this.at += this.ratio;
      }
      const spent = Math.floor(this.at) - HALF;
      this.kept.splice(0, spent);
      this.at -= spent;
    }

    put(value) {
      this.out[this.filled] = Math.round(value * 32767);
      this.filled += 1;
      this.square += value * value;
      if (Math.abs(value) > 0.985) this.loud += 1;
      if (this.filled < PIECE) return;
      this.port.postMessage({ pcm: this.out, rms: Math.sqrt(this.square / PIECE), loud: this.loud });
      this.out = new Int16Array(PIECE);
      this.filled = this.loud = this.square = 0;
    }
  });
} else {
  const $ = (id) => document.getElementById(id);
  const words = Object.fromEntries([...document.querySelectorAll("#messages li")].map((li) => [li.dataset.key, li.textContent]));
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const token = document.querySelector("meta[name=coach-token]").content;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)");

  const LISTEN_MS = 8000;
  const page = sessionStorage.getItem("coach.page") || crypto.randomUUID();
  sessionStorage.setItem("coach.page", page);

  // What goes wrong is said once, in one place; "" takes it away.
  const tell = (text, cause = "") => {
    const note = $("message");
    if (!text && cause && note.dataset.cause !== cause) return;
    note.dataset.cause = cause;
    note.textContent = text;
    note.hidden = !text;
  };

  const ask = async (address, body, kind = "application/json") => {
    let answer;
    try {
      answer = await fetch(address, { method: "POST", body, headers: { "Content-Type": kind, "X-Coach-Token": token } });
    } catch {
      tell(say("no_server"), "server");
      throw new Error("no_server");
    }
    tell("", "server");
    const content = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(content.error || answer.statusText), { status: answer.status });
    return content;
  };
  const post = (address, content) => ask(address, JSON.stringify({ page, ...content }));

  // ---- the coach's voice -------------------------------------------------------------------------------------

  const player = {
    audio: new Audio(),
    answer: null,
    queue: [],
    onDone: () => {},
    finished: true,

    get isPlaying() { return !this.audio.paused && !this.finished; },
    get count() { return this.answer && this.answer.count; },

    // Where the count is, as the coach is told when something is said into it.
    place(lag_ms = 0) {
      if (!this.count) return null;
      const now = this.finished ? this.count.length_ms : this.audio.currentTime * 1000;
      const at_ms = Math.max(0, Math.round(now - (this.isPlaying ? lag_ms : 0)));
      return { token: this.count.token, at_ms, stopped: !this.isPlaying };
    },

    play(answer, onDone) {
      this.answer = answer;
      this.onDone = onDone;
      this.start(answer.sounds, 0);
    },

    start(sounds, at_s) {
      this.queue = sounds.slice(1);
      this.finished = !sounds.length;
      if (this.finished) { this.audio.pause(); this.onDone(); return; }
      this.audio.src = sounds[0];
      this.audio.currentTime = at_s;
      this.go();
    },

    async go() {
      try {
        await this.audio.play();
        tell("", "press");
      } catch (error) {
        if (error.name === "NotAllowedError") { tell(say("press"), "press"); show(); }
      }
    },

    next() {
      if (this.queue.length) return this.start(this.queue, 0);
      this.finished = true;
      this.onDone();
    },

    keep() {
      if (!this.count || this.finished) return sessionStorage.removeItem("coach.now");
      sessionStorage.setItem("coach.now", JSON.stringify({ answer: this.answer, at_s: this.audio.currentTime }));
    },
  };
  player.audio.addEventListener("ended", () => player.next());
  player.audio.addEventListener("timeupdate", () => player.keep());
  player.audio.addEventListener("error", () => {
    tell(say(player.resumed ? "sound_gone" : "no_sound"), "sound");
    player.next();
  });
  player.audio.addEventListener("playing", () => { player.resumed = false; tell("", "sound"); show(); });
  player.audio.addEventListener("pause", () => show());

  // ---- the conversation --------------------------------------------------------------------------------------

  let listening = 0; // when the window closes, by performance.now(); 0: nobody was asked
  let reprompted = false;
  let hasBegun = false;
  let window_ = 0;

  const answered = (answer) => {
    hasBegun = true;
    closeWindow();
    reprompted = false;
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
    ring.rest();
    player.keep();
    if (player.answer && player.answer.is_open && microphone.isOn) openWindow(unanswered);
    show();
  };

  const unanswered = () => {
    const { reprompt, reprompt_sounds: sounds } = player.answer;
    if (reprompted || !sounds.length) {
      post("/speaker/left", { reason: "EXCEEDED_MAX_REPROMPTS", playing: player.place() }).catch(() => {});
      return;
    }
    reprompted = true;
    $("coach").textContent = reprompt;
    player.start(sounds, 0);
  };

  const openWindow = (onSilence) => {
    clearInterval(window_);
    listening = performance.now() + LISTEN_MS;
    window_ = setInterval(() => {
      if (microphone.isSpeech) listening = Math.max(listening, performance.now() + 2000);
      if (performance.now() < listening) return;
      closeWindow();
      onSilence();
    }, 100);
    show();
  };

  const closeWindow = () => {
    clearInterval(window_);
    listening = 0;
    show();
  };

  const speak = async (text) => {
    const playing = player.place();
    player.audio.pause();
    closeWindow();
    try {
      answered(await post("/speaker/say", { text, playing }));
    } catch (error) {
      if (error.message !== "no_server") tell(error.message, "refused");
      show();
    }
  };

  // The button and the space bar: stop the coach at once and listen; without a microphone, the text field.
  const bargeIn = () => {
    if (!hasBegun) return speak($("text").placeholder);
    if (listening) return backToCount();
    if (isWaiting()) return player.go();
    player.audio.pause();
    if (microphone.isOn) openWindow(backToCount);
    else $("text").focus();
    show();
  };

  // Called and then not spoken to: the set goes on where it stood.
  const backToCount = () => {
    closeWindow();
    if (player.count && !player.finished) player.go();
  };

  const isWaiting = () => Boolean(player.count) && !player.finished && player.audio.paused;

  // ---- what is shown -----------------------------------------------------------------------------------------

  const show = () => {
    const inSet = Boolean(player.count) && !player.finished;
    document.body.dataset.state = inSet ? "set" : "idle";
    document.body.toggleAttribute("data-listening", listening > 0);
    $("in-set").hidden = !inSet;
    const key = listening ? "listening" : !hasBegun ? "start" : isWaiting() ? "go_on" : player.isPlaying ? "stop" : "talk";
    $("talk-says").textContent = say(key);
    $("microphone").textContent = say(microphone.isOn ? (listening ? "mic_awake" : "mic_on") : "mic_off");
  };

  const SVG = "http://www.w3.org/2000/svg";
  const on = (turn, radius) => [120 + radius * Math.sin(2 * Math.PI * turn), 120 - radius * Math.cos(2 * Math.PI * turn)];
  const svg = (name, attributes, into) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return into.appendChild(made);
  };

  const ring = {
    picture: null,
    last: "",

    draw(picture) {
      this.picture = picture;
      $("leg").hidden = !picture;
      if (picture) {
        $("stage").hidden = false;
        document.body.classList.add("pictured");
      }
      $("reps").replaceChildren();
      $("phases").replaceChildren();
      this.blank();
      if (!picture) return;
      $("side").textContent = picture.side;
      $("band").textContent = picture.band;
      $("swatch").setAttribute("fill", picture.colour);
      $("set-said").textContent = say("set_said", { ...picture, low: picture.window_low, high: picture.window_high });
      this.drawReps(picture);
      this.drawPhases(picture);
    },

    drawReps({ window_low: low, window_high: high, last_rep: last }) {
      const most = Math.max(last, high);
      for (let rep = 1; rep <= most; rep += 1) {
        const [cx, cy] = on((rep - 0.5) / most, 109);
        svg("circle", { cx, cy, r: rep >= low && rep <= high ? 5 : 4, class: rep >= low && rep <= high ? "window" : "" }, $("reps"));
      }
    },

    drawPhases({ phases }) {
      const first = phases.filter((each) => each.rep === phases[0].rep);
      this.rep_s = first.reduce((sum, each) => sum + each.seconds, 0);
      let at = 0;
      for (const { phase, seconds } of first) {
        const [from, to] = [on(at + 0.006, 88), on(at + seconds / this.rep_s - 0.006, 88)];
        const large = seconds / this.rep_s > 0.5 ? 1 : 0;
        svg("path", { d: `M${from} A88 88 0 ${large} 1 ${to}`, class: phase }, $("phases"));
        at += seconds / this.rep_s;
      }
    },

    blank() {
      this.write("", "", "", "", "");
    },

    rest() {
      this.blank();
    },

    // One frame: everything follows from where the sound is.
    frame() {
      if (!this.picture || player.finished || !player.count) return;
      const at_ms = player.audio.currentTime * 1000;
      const { phases, window_low: low, window_high: high } = this.picture;
      const index = this.phaseAt(at_ms);
      if (index < 0) return this.before(at_ms);
      const now = phases[index];
      const into_ms = at_ms - now.at_ms;
      if (into_ms >= now.seconds * 1000) return this.blank();
      const second = Math.floor(into_ms / 1000) + 1;
      this.write(now.word, second, `${say("rep", { rep: now.rep })}\n${say("window", { low, high })}`, now.phase, now.rep);
      const first = phases.find((each) => each.rep === now.rep);
      const turn_s = isStill.matches ? Math.floor((at_ms - first.at_ms) / 1000) : (at_ms - first.at_ms) / 1000;
      const [x, y] = on(turn_s / this.rep_s, 88);
      $("hand").setAttribute("cx", x);
      $("hand").setAttribute("cy", y);
    },

    phaseAt(at_ms) {
      let [low, high] = [0, this.picture.phases.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.picture.phases[middle].at_ms <= at_ms) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    },

    before(at_ms) {
      const { lead_in_at_ms: lead, phases } = this.picture;
      const begins = phases[0].at_ms;
      const isLead = at_ms >= lead;
      const left = Math.ceil((begins - at_ms) / 1000);
      this.write(say(isLead ? "get_ready" : "rest"), left, "", isLead ? "lead_in" : "rest", 0);
    },

    write(word, second, rep, phase, number) {
      const key = [word, second, rep, phase, number].join("|");
      if (key === this.last) return;
      this.last = key;
      $("phase").textContent = word;
      $("second").textContent = second;
      $("rep").textContent = rep;
      Object.assign(document.body.dataset, { phase, second, rep: number });
      $("phases").childNodes.forEach((path) => path.classList.toggle("now", path.classList.contains(phase)));
      $("reps").childNodes.forEach((dot, index) => dot.classList.toggle("done", index + 1 < number));
    },
  };

  const everyFrame = () => {
    ring.frame();
    requestAnimationFrame(everyFrame);
  };

  // ---- the microphone ----------------------------------------------------------------------------------------

  const SILENT_AFTER = 24; // pieces without a single sound: 3 s
  const CLIPS_AFTER = 6; // loud pieces among the last 24
  const LONGEST_QUEUE = 80; // pieces: 10 s; older ones are too old to answer

  const microphone = {
    isOn: false,
    isSpeech: false,
    queue: [],
    isSending: false,
    silent: 0,
    loud: [],

    async open() {
      $("ask").hidden = true;
      try {
        if (!navigator.mediaDevices) throw new DOMException("", "NotFoundError");
        const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 } });
        stream.getAudioTracks()[0].addEventListener("ended", () => this.close("mic_lost"));
        this.context = new AudioContext();
        await this.context.audioWorklet.addModule("/speaker/page.js");
        const worklet = new AudioWorkletNode(this.context, "to-16-khz", { numberOfOutputs: 0 });
        this.context.createMediaStreamSource(stream).connect(worklet);
        worklet.port.onmessage = (message) => this.heard(message.data);
        await this.context.resume();
        this.stream = stream;
        this.isOn = true;
        await post("/speaker/deafen", {});
      } catch (error) {
        const known = { NotAllowedError: "mic_refused", NotFoundError: "mic_none", NotReadableError: "mic_busy" };
        if (error.message !== "no_server") this.close(known[error.name] || "mic_busy");
      }
      show();
    },

    close(why) {
      this.isOn = this.isSpeech = false;
      if (this.stream) this.stream.getTracks().forEach((each) => each.stop());
      if (this.context) this.context.close();
      this.stream = this.context = null;
      closeWindow();
      if (why) tell(words[why] || why, "microphone");
      show();
    },

    heard({ pcm, rms, loud }) {
      if (!this.isOn) return;
      this.judge(rms, loud);
      const room = player.isPlaying ? "coach_speaks" : listening ? "awake" : "asleep";
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
      const same = this.queue.findIndex(({ room, place }) => room !== first.room || Boolean(place) !== Boolean(first.place) || (place && (place.stopped !== first.place.stopped || place.token !== first.place.token)));
      const pieces = this.queue.splice(0, Math.min(same < 0 ? this.queue.length : same, 12));
      const sound = new Int16Array(pieces.length * PIECE);
      pieces.forEach(({ pcm }, index) => sound.set(pcm, index * PIECE));
      const query = new URLSearchParams({ page, room: first.room, ...first.place });
      const heard = await ask(`/speaker/hear?${query}`, sound.buffer, "application/octet-stream");
      this.isSpeech = heard.is_speech;
      if (heard.answer) return answered(heard.answer);
      if (heard.is_woken) this.woken(heard.stopped_at);
    },

    // Called by the wake word: the count stops where the word began.
    woken(stoppedAt) {
      const isInCount = player.count && !player.finished;
      player.audio.pause();
      if (isInCount && stoppedAt) player.audio.currentTime = stoppedAt.offset_ms / 1000;
      openWindow(isInCount ? backToCount : () => {});
    },

    failed(error) {
      if (error.status === 503) this.close(error.message);
      else if (error.message === "no_server") { this.queue = []; setTimeout(() => this.send(), 2000); }
      else tell(error.message, "refused");
    },
  };

  const offerMicrophone = async () => {
    const permission = await navigator.permissions.query({ name: "microphone" }).catch(() => ({ state: "prompt" }));
    if (permission.state === "granted") return microphone.open();
    if (permission.state === "denied") return tell(say("mic_refused"), "microphone");
    $("ask").hidden = false;
  };

  // ---- beginning ---------------------------------------------------------------------------------------------

  // A reload in mid-set: the set goes on where the sound stood.
  const goOn = () => {
    const kept = JSON.parse(sessionStorage.getItem("coach.now") || "null");
    if (!kept) return;
    hasBegun = true;
    $("coach").textContent = kept.answer.text;
    ring.draw(kept.answer.count.picture);
    player.answer = kept.answer;
    player.onDone = asked;
    player.resumed = true;
    player.start(kept.answer.sounds, kept.at_s);
    show();
  };

  const begin = () => {
    $("elsewhere").hidden = true;
    goOn();
    offerMicrophone();
    show();
  };

  // Of several pages one talks. Another may take over; this one then falls silent.
  const claim = (steal) => navigator.locks.request("coach", steal ? { steal } : { ifAvailable: true }, (lock) => {
    if (!lock) { $("elsewhere").hidden = false; return undefined; }
    begin();
    return new Promise(() => {});
  }).catch(() => {
    player.audio.pause();
    player.keep();
    microphone.close();
    $("elsewhere").hidden = false;
  });

  $("take-over").addEventListener("click", () => claim(true));
  $("use-microphone").addEventListener("click", () => microphone.open());
  $("no-microphone").addEventListener("click", () => { $("ask").hidden = true; $("text").focus(); });
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
  addEventListener("pagehide", () => player.keep());
  requestAnimationFrame(everyFrame);
  show();
  claim(false);
}
