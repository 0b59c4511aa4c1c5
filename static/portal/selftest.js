// A device tests itself: the time of small requests, how fast random bytes come and go, and a look through its camera. Only the
// figures and the answer of the person go into the form; no picture is taken, kept or sent.

const PULSES = 8, SECONDS = 3, LEAST = 128 * 1024;
const field = (name) => document.querySelector(`#hasil [name="${name}"]`);
const now = () => performance.now();
const comma = (number) => String(number).replace(".", document.documentElement.lang === "id" ? "," : ".");

class Busy extends Error {}

async function fetched(url, options = {}) {
  const response = await fetch(url, { cache: "no-store", credentials: "same-origin", ...options });
  if (response.status === 429) throw new Busy();
  if (!response.ok || response.redirected) throw new Error(response.status);
  return response;
}

// --- internet -------------------------------------------------------------------------------------------------------------

async function latency(url) {
  const times = [];
  for (let turn = 0; turn <= PULSES; turn += 1) {
    const start = now();
    await (await fetched(`${url}?${turn}`)).text();
    if (turn) times.push(now() - start);
  }
  return times.sort((a, b) => a - b)[PULSES / 2];
}

// Grows from a small transfer until one takes long enough to say something: Mbit/s of the last one.
async function speed(transfer, most, pause) {
  let size = Math.min(LEAST, most);
  for (;;) {
    const start = now();
    await transfer(size);
    const seconds = Math.max((now() - start - pause) / 1000, 0.001);
    const rate = (size * 8) / seconds / 1e6;
    if (seconds > 1 || size === most) return rate;
    size = Math.min(most, Math.max(size * 4, Math.round(size / seconds * SECONDS)));
  }
}

function random(size) {
  const bytes = new Uint8Array(size);
  for (let start = 0; start < size; start += 65536) crypto.getRandomValues(bytes.subarray(start, Math.min(start + 65536, size)));
  return bytes;
}

class Line {
  constructor(box) {
    this.box = box;
    this.button = box.querySelector("[data-measure]");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.run());
  }

  say(text) { this.box.querySelector("[data-said]").textContent = text; }

  step(name) { this.say(this.box.dataset.measuring.replace("{what}", this.box.dataset[name])); }

  show(name, value) {
    this.box.querySelector(`[data-value=${name}]`).textContent = comma(value);
    field(name).value = comma(value);
  }

  async measure() {
    const { pulse, download, upload, mostDown, mostUp } = this.box.dataset;
    this.step("latency");
    const pause = await latency(pulse);
    this.show("latency", Math.round(pause));
    this.step("down");
    const down = await speed(async (size) => { await (await fetched(`${download}?besar=${size}`)).arrayBuffer(); }, +mostDown, pause);
    this.show("down", Math.round(down * 10) / 10);
    this.step("up");
    const headers = { "X-CSRFToken": field("csrfmiddlewaretoken").value, "Content-Type": "application/octet-stream" };
    const up = await speed(async (size) => { await fetched(upload, { method: "POST", headers, body: random(size) }); }, +mostUp, pause);
    this.show("up", Math.round(up * 10) / 10);
  }

  async run() {
    this.button.disabled = true;
    this.button.setAttribute("aria-busy", "true");
    try {
      await this.measure();
      field("measured").value = "1";
      this.say(this.box.dataset.done);
    } catch (error) {
      this.say(error instanceof Busy ? this.box.dataset.busy : this.box.dataset.failed);
    }
    this.button.disabled = false;
    this.button.removeAttribute("aria-busy");
  }
}

// --- camera ---------------------------------------------------------------------------------------------------------------

class Camera {
  constructor(box) {
    this.box = box;
    this.video = box.querySelector("video");
    [this.start, this.end] = [box.querySelector("[data-start]"), box.querySelector("[data-stop]")];
    if (!navigator.mediaDevices?.getUserMedia) return;
    this.start.hidden = false;
    this.start.addEventListener("click", () => this.open());
    this.end.addEventListener("click", () => this.close());
    for (const answer of document.querySelectorAll("#hasil [name=camera]")) answer.addEventListener("change", () => this.close());
    addEventListener("pagehide", () => this.close());
  }

  say(text) { this.box.querySelector("[data-said]").textContent = text; }

  async open() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" }, audio: false });
      this.video.srcObject = this.stream;
      await this.video.play();
      this.video.hidden = false;
      [this.start.hidden, this.end.hidden] = [true, false];
      field("measured").value = "1";
      this.say(this.box.dataset.ask);
    } catch (error) {
      this.close();
      this.say(error.name === "NotAllowedError" ? this.box.dataset.refused : this.box.dataset.missing);
    }
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    [this.stream, this.video.srcObject, this.video.hidden] = [null, null, true];
    [this.start.hidden, this.end.hidden] = [false, true];
    this.say("");
  }
}

new Line(document.querySelector("[data-line]"));
new Camera(document.querySelector("[data-camera]"));
