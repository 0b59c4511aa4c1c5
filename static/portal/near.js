// "Dekat saya": the counters around the device, the nearest first. The place is measured and compared on the device; the server is
// asked for the neighbourhood only, rounded to a tenth of a degree.

const EARTH = 6371;
const radians = (degrees) => (degrees * Math.PI) / 180;

export const kilometres = ([a, b], [c, d]) => {
  const half = Math.sin(radians(c - a) / 2) ** 2 + Math.cos(radians(a)) * Math.cos(radians(c)) * Math.sin(radians(d - b) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(half));
};

const tenth = (degrees) => { const text = degrees.toFixed(1); return text === "-0.0" ? "0.0" : text; };

class NearMe extends HTMLElement {
  connectedCallback() {
    if (!("geolocation" in navigator)) return;
    this.hidden = false;
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.ask());
  }

  say(text) { this.querySelector("[role=status]").textContent = text; }

  ask() {
    this.button.disabled = true;
    this.say(this.dataset.waiting);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.look([coords.latitude, coords.longitude]),
      () => this.end(this.dataset.refused),
      { enableHighAccuracy: false, timeout: 20000, maximumAge: 300000 },
    );
  }

  end(text) { this.button.disabled = false; this.say(text); }

  async look(here) {
    try {
      const answer = await fetch(`/kantor/sekitar/${tenth(here[0])},${tenth(here[1])}.json${location.search.includes("bahasa=en") ? "?bahasa=en" : ""}`);
      if (answer.status === 404) return this.end(this.dataset.outside);
      const { counters } = await answer.json();
      for (const each of counters) each.away = kilometres(here, each.at);
      this.show(counters.sort((one, other) => one.away - other.away).slice(0, 10));
    } catch {
      this.end(this.dataset.failed);
    }
  }

  show(counters) {
    if (!counters.length) return this.end(this.dataset.none);
    const list = document.createElement("ul");
    list.className = "counters";
    for (const each of counters) {
      const item = this.querySelector("template").content.cloneNode(true);
      const put = (name, text) => { item.querySelector(`[data-put=${name}]`).textContent = text; };
      item.querySelector("a").href = each.url + (location.search.includes("bahasa=en") ? "?bahasa=en" : "");
      put("name", each.name);
      put("government", each.government);
      put("address", each.address);
      put("opening", each.opening);
      const digits = each.away < 10 ? 1 : 0;
      put("away", `${each.away.toLocaleString(document.documentElement.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits })} km`);
      item.querySelector(each.open ? "[data-closed]" : "[data-open]").remove();
      list.append(item);
    }
    const place = this.querySelector("[data-list]");
    place.replaceChildren(list);
    this.end(this.dataset.found.replace("{count}", counters.length));
    list.querySelector("a").focus();
  }
}

customElements.define("near-me", NearMe);
