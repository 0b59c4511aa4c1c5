// "Ambil dari perangkat ini": puts the place of the device into a line of text. Without it, or where the device refuses, the line
// is typed or a map link is pasted.

class DevicePlace extends HTMLElement {
  connectedCallback() {
    if (!("geolocation" in navigator)) return;
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.ask(button));
  }

  say(text) { this.querySelector("[role=status]").textContent = text; }

  ask(button) {
    button.disabled = true;
    this.say(this.dataset.waiting);
    const done = (text) => { button.disabled = false; this.say(text); };
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const input = document.getElementById(this.getAttribute("for"));
        input.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        done(this.dataset.found.replace("{meters}", Math.round(coords.accuracy)));
      },
      () => done(this.dataset.refused),
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
    );
  }
}

customElements.define("device-place", DevicePlace);
