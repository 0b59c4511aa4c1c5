// A round through a room on a phone: labels are sent while the next one is read already, kept when the line drops and sent when it
// is back (the server takes each label once), and read by the camera where the browser can.

const EVERY = 8000;
const RETRY = 5000;

class StockTake extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.form.elements.text;
    this.key = `loket:sensus:${document.documentElement.dataset.person ?? ""}:${this.dataset.round}`;
    this.queue = this.kept();
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.read(this.input.value); });
    this.again = () => this.send();
    addEventListener("online", this.again);
    this.others = setInterval(() => this.look(), EVERY);
    this.camera();
    this.tell();
    this.send();
  }

  disconnectedCallback() {
    removeEventListener("online", this.again);
    clearInterval(this.others);
    clearTimeout(this.retry);
    this.close();
  }

  // --- the queue ----------------------------------------------------------------------------------------------------------

  kept() { try { return JSON.parse(localStorage.getItem(this.key)) ?? []; } catch { return []; } }

  keep() {
    try {
      if (this.queue.length) localStorage.setItem(this.key, JSON.stringify(this.queue));
      else localStorage.removeItem(this.key);
    } catch { /* full or forbidden: the labels stay on this page */ }
  }

  read(text) {
    text = text.trim();
    this.input.value = "";
    this.input.focus();
    if (!text) return;
    if (!this.queue.includes(text)) this.queue.push(text);
    this.keep();
    this.send();
  }

  tell() {
    const place = this.querySelector(".queue");
    const waited = place.textContent !== "";
    place.textContent = this.queue.length && this.late ? this.dataset.waiting.replace("{count}", this.queue.length) : waited ? this.dataset.sent : "";
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    clearTimeout(this.retry);
    while (this.queue.length) {
      const done = await this.post(this.queue[0]);
      this.late = !done;
      if (!done) {
        this.retry = setTimeout(this.again, RETRY);
        break;
      }
      this.queue.shift();
      this.keep();
    }
    this.sending = false;
    this.tell();
  }

  // Whether the server has heard the label. Only then it leaves the queue.
  async post(text) {
    const body = new URLSearchParams(new FormData(this.form));
    body.set("text", text);
    try {
      const response = await fetch(this.form.action, { method: "POST", body, headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(20000) });
      if (response.redirected || response.status === 403) { // a late session: the labels wait for the next sign-in
        location.reload();
        return false;
      }
      if (![200, 409, 422].includes(response.status)) return false;
      this.show(await response.text());
      return true;
    } catch {
      return false;
    }
  }

  // --- the page ---------------------------------------------------------------------------------------------------------------

  show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const now = fresh.getElementById("sensus");
    const place = document.getElementById("sensus");
    if (now) {
      place.replaceWith(now);
      window.htmx?.process(now);
    } else {
      place.prepend(...fresh.body.children);
    }
    const said = (now ?? place).querySelector("[data-announce]");
    if (said) document.getElementById("announcer").textContent = said.textContent.trim().replace(/\s+/g, " ");
  }

  // What somebody else has read in the same room.
  async look() {
    if (document.hidden || this.sending || !navigator.onLine) return;
    const place = document.getElementById("daftar-sensus");
    if (!place || place.contains(document.activeElement)) return;
    try {
      const response = await fetch(this.dataset.lists, { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(10000) });
      if (!response.ok || response.redirected) return;
      const now = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("daftar-sensus");
      if (!now || now.textContent === place.textContent || this.sending) return;
      document.getElementById("daftar-sensus").replaceWith(now);
      window.htmx?.process(now);
    } catch { /* the next look will do */ }
  }

  // --- the camera -------------------------------------------------------------------------------------------------------------

  async camera() {
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
    const known = await window.BarcodeDetector.getSupportedFormats();
    const wanted = ["qr_code", "code_128", "code_39"].filter((format) => known.includes(format));
    if (!wanted.length) return;
    this.detector = new window.BarcodeDetector({ formats: wanted });
    this.button = this.querySelector("[data-camera]");
    this.button.hidden = false;
    this.button.addEventListener("click", () => (this.stream ? this.close() : this.open()));
  }

  async open() {
    const video = this.querySelector("video");
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      this.querySelector(".queue").textContent = this.dataset.refused;
      return;
    }
    video.srcObject = this.stream;
    video.hidden = false;
    this.label("on");
    await video.play();
    this.watch(video);
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    if (!this.button) return;
    this.querySelector("video").hidden = true;
    this.label("off");
  }

  label(state) {
    const text = this.button.querySelector("span");
    text.textContent = text.dataset[state];
  }

  async watch(video) {
    while (this.stream) {
      const found = await this.detector.detect(video).catch(() => []);
      for (const { rawValue } of found) {
        if (rawValue === this.latest) continue;
        this.latest = rawValue;
        setTimeout(() => { if (this.latest === rawValue) this.latest = null; }, 3000);
        navigator.vibrate?.(60);
        this.read(rawValue);
      }
      await new Promise((next) => setTimeout(next, 200));
    }
  }
}

customElements.define("stock-take", StockTake);
