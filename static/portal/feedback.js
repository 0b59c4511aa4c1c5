// What a page says while it works and after it changed: the line at the top, the announcement, the focus, the lost connection.

const root = document.documentElement;
const texts = () => document.getElementById("texts").dataset;

function announce(text) {
  const region = document.getElementById("announcer");
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
}

function notice(text, kind = "bad") {
  const place = document.getElementById("notice");
  const box = document.getElementById("notice-pattern").content.firstElementChild.cloneNode(true);
  box.classList.add(kind);
  box.querySelector(".text").textContent = text;
  place.replaceChildren(box);
}

const clearNotice = () => document.getElementById("notice").replaceChildren();
const busy = (on) => { on ? root.setAttribute("data-busy", "") : root.removeAttribute("data-busy"); };

// Ordinary navigation.
addEventListener("beforeunload", () => busy(true));
addEventListener("pageshow", () => busy(false));
addEventListener("offline", () => notice(texts().offline, "warn"));
addEventListener("online", clearNotice);

// Requests by htmx.
const htmx = (name, run) => document.addEventListener(`htmx:${name}`, run);

htmx("before:request", (event) => {
  busy(true);
  event.detail.ctx.target?.setAttribute?.("aria-busy", "true");
});

htmx("before:response", (event) => {
  // A late session leads to the sign-in page: go there whole instead of putting it into a list.
  const { raw } = event.detail.ctx.response;
  if (raw.redirected && event.detail.ctx.request.method === "GET") {
    event.preventDefault();
    location.assign(raw.url);
  }
});

htmx("response:error", (event) => {
  if (event.detail.ctx.response.status !== 422) notice(texts().failed);
});

htmx("error", (event) => {
  if (event.detail.error?.name !== "AbortError") notice(navigator.onLine ? texts().failed : texts().offline);
});

htmx("finally:request", (event) => {
  busy(false);
  event.detail.ctx.target?.removeAttribute?.("aria-busy");
});

htmx("after:swap", (event) => {
  clearNotice();
  const id = event.detail.ctx.target?.id;
  const now = id ? document.getElementById(id) : null;
  if (!now) return;
  const said = now.querySelector("[data-announce]");
  if (said) announce(said.textContent.trim().replace(/\s+/g, " "));
  // htmx gives the focus back to the element of the same id; where that is gone, the list itself takes it.
  requestAnimationFrame(() => {
    if (document.activeElement === document.body || !document.activeElement?.isConnected) now.focus({ preventScroll: false });
  });
});

document.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) clearNotice(); });
document.addEventListener("portal:notice", (event) => notice(event.detail.text, event.detail.kind));
document.addEventListener("portal:announce", (event) => announce(event.detail));
document.addEventListener("portal:busy", (event) => busy(event.detail));
document.addEventListener("portal:clear", clearNotice);
