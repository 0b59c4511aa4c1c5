// The week's editor: Enter goes to the next day, Ctrl+D copies the day above, and what was understood is said while typing.
// Without a script the same form works with its buttons; the page then reads when it is sent.

const PAUSE = 250;
const form = document.querySelector(".week");
const address = document.querySelector("[data-week]")?.dataset.week;

if (form && address) {
  const days = [...form.querySelectorAll("input[name^=day_]")];
  for (const each of document.querySelectorAll("[data-with-script]")) each.hidden = false;
  for (const each of document.querySelectorAll("[data-without-script]")) each.hidden = true;

  let timer, asked = 0;
  const later = () => { clearTimeout(timer); timer = setTimeout(read, PAUSE); };

  async function read() {
    const norm = document.getElementById("norma");
    const query = new URLSearchParams(days.map((day) => [day.name, day.value]));
    query.set("ramadan", norm.dataset.ramadan);
    const turn = ++asked;
    try {
      const answer = await fetch(`${address}?${query}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected || turn !== asked) return;
      show(await answer.json(), norm);
    } catch { /* the line is away: what was read stays, and saving says more */ }
  }

  function show(said, norm) {
    for (const day of days) {
      const { text, readable } = said.days[day.name];
      const help = document.getElementById(`${day.id}_helptext`);
      if (help) help.textContent = text;
      // While somebody types, half a line is no mistake yet.
      day.toggleAttribute("data-unread", !readable && day !== document.activeElement);
    }
    norm.innerHTML = said.norm;
  }

  function copyAbove(day) {
    const above = days[days.indexOf(day) - 1];
    if (!above) return;
    day.value = above.value;
    day.dispatchEvent(new Event("input", { bubbles: true }));
    day.select();
  }

  form.addEventListener("input", (event) => { if (days.includes(event.target)) later(); });
  form.addEventListener("focusout", (event) => { if (days.includes(event.target)) later(); });
  form.addEventListener("keydown", (event) => {
    const place = days.indexOf(event.target);
    if (place < 0) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const next = days[place + 1] ?? form.querySelector(".form-end button");
      next.focus();
      if (next.select) next.select();
    } else if (event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".form-end button"));
    } else if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      copyAbove(event.target);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = days[place + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) { event.preventDefault(); next.focus(); next.select(); }
    }
  });
}
