// Forms that survive a dropped line. A form with data-send goes by fetch, so that a failure leaves every entry where it is;
// one with data-draft is kept in the browser until the server took it. Sending twice is safe: the form carries an idempotency key.

const DAYS = 7;
const say = (name, detail) => document.dispatchEvent(new CustomEvent(`portal:${name}`, { detail }));
const texts = () => document.getElementById("texts").dataset;
const person = () => document.documentElement.dataset.person || "";
const keyOf = (form) => `loket:draft:${person()}:${location.pathname}:${form.dataset.draft}`;

// --- drafts ---------------------------------------------------------------------------------------------------------------

const store = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: no draft */ } },
  keys() { try { return Object.keys(localStorage).filter((key) => key.startsWith("loket:draft:")); } catch { return []; } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* forbidden */ } },
};

const kept = (field) => field.name && !field.disabled && !["hidden", "password", "file", "submit", "button"].includes(field.type)
  && field.autocomplete !== "one-time-code";

function entries(form) {
  return [...form.elements].filter(kept).map((field) =>
    ["checkbox", "radio"].includes(field.type) ? [field.name, field.value, field.checked] : [field.name, field.value]);
}

function fill(form, saved) {
  for (const [name, value, checked] of saved) {
    const fields = [...form.elements].filter((field) => field.name === name && kept(field));
    for (const field of fields) {
      if (checked === undefined) field.value = value;
      else if (field.value === value) field.checked = checked;
    }
  }
}

const keep = (form) => store.write(keyOf(form), { at: Date.now(), sent: false, entries: entries(form) });

function offer(form) {
  const draft = store.read(keyOf(form));
  if (!draft || form.querySelector("[aria-invalid=true]")) return;
  if (JSON.stringify(draft.entries) === JSON.stringify(entries(form))) return;
  const box = document.getElementById("draft-pattern").content.firstElementChild.cloneNode(true);
  box.addEventListener("click", (event) => {
    if (event.target.closest("[data-restore]")) fill(form, draft.entries);
    else if (event.target.closest("[data-discard]")) store.drop(keyOf(form));
    else return;
    box.remove();
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  form.prepend(box);
}

// A draft that was sent is done with as soon as a page for the same person follows; the sign-in page in between means it was
// refused for a late session, and it is kept.
function settle() {
  for (const key of store.keys()) {
    const draft = store.read(key);
    const mine = key.startsWith(`loket:draft:${person()}:`);
    if (!draft || Date.now() - draft.at > DAYS * 864e5) store.drop(key);
    else if (draft.sent && !person()) store.write(key, { ...draft, sent: false });
    else if (draft.sent && mine && !document.querySelector("form[data-draft] [aria-invalid=true]")) store.drop(key);
  }
}

// --- dates and times ------------------------------------------------------------------------------------------------------
// The browser's own controls follow the language of the computer, not of the page. So a date is said in words below its field,
// and where the computer would ask for AM and PM the time is typed as text: 08.00.

const language = () => ({ en: "en-GB" })[document.documentElement.lang] ?? (document.documentElement.lang || "id");

function echo(input) {
  let line = input.parentElement.querySelector(".echo");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "help echo" });
    line.setAttribute("aria-live", "polite");
    input.after(line);
  }
  const day = input.valueAsDate;
  line.textContent = day
    ? new Intl.DateTimeFormat(language(), { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(day)
    : "";
}

function times() {
  const { hour12 } = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
  if (!hour12 || !matchMedia("(pointer: fine)").matches) return;
  for (const input of document.querySelectorAll("input[type=time]")) {
    const value = input.value;
    input.type = "text";
    input.value = value.replace(":", ".");
    input.placeholder = "08.00";
    input.maxLength = 5;
    input.size = 8;
    input.classList.add("time");
  }
}

document.addEventListener("input", (event) => { if (event.target.type === "date") echo(event.target); });

function begin() {
  settle();
  times();
  document.querySelectorAll("form[data-draft]").forEach(offer);
  for (const input of document.querySelectorAll("form[data-send] input[type=date]")) if (input.value) echo(input);
}

let timer;
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (!form) return;
  clearTimeout(timer);
  timer = setTimeout(() => keep(form), 400);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]")) return;
  for (const key of store.keys()) if (key.startsWith(`loket:draft:${person()}:`)) store.drop(key);
});

// --- sending --------------------------------------------------------------------------------------------------------------

function working(form, button, on) {
  form.setAttribute("aria-busy", on);
  if (button) {
    button.setAttribute("aria-busy", on);
    button.setAttribute("aria-disabled", on);
  }
  say("busy", on);
}

// What the head of the next page asks for beyond this one's: style sheets are waited for, scripts run when they come.
async function furnish(head) {
  const waiting = [];
  for (const link of head.querySelectorAll("link[rel=stylesheet]")) {
    if (document.head.querySelector(`link[href="${CSS.escape(link.getAttribute("href"))}"]`)) continue;
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: link.href, media: link.media });
    waiting.push(new Promise((done) => { sheet.onload = sheet.onerror = done; setTimeout(done, 3000); }));
    document.head.append(sheet);
  }
  for (const script of head.querySelectorAll("script[src]")) {
    if ([...document.scripts].some((known) => known.src === script.src)) continue;
    document.head.append(Object.assign(document.createElement("script"), { src: script.src, type: script.type }));
  }
  await Promise.all(waiting);
}

async function show(page, url) {
  const fresh = new DOMParser().parseFromString(page, "text/html");
  await furnish(fresh.head);
  if (url !== location.href) history.pushState({ htmx: true }, "", url);
  document.title = fresh.title;
  for (const { name, value } of fresh.documentElement.attributes) document.documentElement.setAttribute(name, value);
  if (!fresh.documentElement.dataset.person) delete document.documentElement.dataset.person;
  document.body.replaceWith(fresh.body);
  window.htmx?.process(document.body);
  const focus = document.querySelector("[autofocus]") || document.getElementById("judul");
  scrollTo(0, 0);
  focus?.focus();
  begin();
}

async function send(form, submitter) {
  const body = new FormData(form, submitter);
  const left = new AbortController();
  const limit = setTimeout(() => left.abort(), 60000);
  try {
    const address = new URL(form.getAttribute("action") || "", location.href);
    const response = await fetch(address, { method: "POST", body: form.enctype === "multipart/form-data" ? body : new URLSearchParams(body), signal: left.signal });
    const kind = response.headers.get("content-type") || "";
    if (!kind.startsWith("text/html")) return []; // a file: the browser fetches it itself, the key makes it the same one
    if (!response.ok && form.dataset.draft) keep(form);
    return [await response.text(), response.url];
  } finally {
    clearTimeout(limit);
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-send]") || event.defaultPrevented) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  clearTimeout(timer);
  if (form.dataset.draft) store.write(keyOf(form), { at: Date.now(), sent: true, entries: entries(form) });
  working(form, event.submitter, true);
  try {
    const [page, url] = await send(form, event.submitter);
    say("clear");
    if (page === undefined) HTMLFormElement.prototype.submit.call(form);
    else await show(page, url);
    working(form, event.submitter, false);
  } catch {
    working(form, event.submitter, false);
    if (form.dataset.draft) keep(form);
    say("notice", { text: texts().unsent, kind: "bad" });
  }
});

begin();
