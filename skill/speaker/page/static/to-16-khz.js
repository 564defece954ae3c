// The audio worklet that brings the microphone to the ears' rate, whatever its own is.
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
  constructor({ processorOptions: { rate, piece } }) {
    super();
    this.ratio = sampleRate / rate;
    this.rows = table(this.ratio);
    this.kept = [];
    this.at = HALF;
    this.out = new Int16Array(piece);
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
    if (this.filled < this.out.length) return;
    this.port.postMessage({ pcm: this.out, rms: Math.sqrt(this.square / this.out.length), loud: this.loud });
    this.out = new Int16Array(this.out.length);
    this.filled = this.loud = this.square = 0;
  }
});
